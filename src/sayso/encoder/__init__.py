"""The network at run time: text to word pieces, word pieces to scores."""
