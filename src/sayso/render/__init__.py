"""Readings shown to people: on a terminal, and as a page that stands by itself."""
