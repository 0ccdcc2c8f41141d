"""What several articles of one story say, and how each of them says it."""
