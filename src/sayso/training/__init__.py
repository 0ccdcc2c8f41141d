"""How the released network was made; needs the `[train]` extra, and nothing outside imports it."""
