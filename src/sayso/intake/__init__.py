"""What the user names, into documents: text, web pages, addresses, standard input."""
