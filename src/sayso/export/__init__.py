"""A store in other people's formats, one module for each."""
