"""Codebooks: what scholars look for in texts, as data, and what can honestly be done with one."""
