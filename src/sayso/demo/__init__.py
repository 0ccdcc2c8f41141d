"""An invented story as three invented outlets tell it, to show what Sayso does; country, people and outlets do not exist."""
