"""The pages served on this machine: paste a text, upload files, give an address; read, check and correct. Never a way to the network."""
