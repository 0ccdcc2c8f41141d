"""Who speaks: names, what refers to them, and what is known of them."""
