"""Training of the network that lays statements of one story beside each other."""
