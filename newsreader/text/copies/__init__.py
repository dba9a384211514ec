"""Tells which articles print the same text: shingles of words, a sample of them for an index, and what two texts share."""
