"""Adjudication: where coders of an article disagree, what is decided, and the consensus that comes of it."""
