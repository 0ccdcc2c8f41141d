"""Outlets side by side over the stories they share, with intervals."""
