"""Articles that tell one event, and the claims they share."""
