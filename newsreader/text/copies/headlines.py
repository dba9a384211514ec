"""Tells whether two headlines are the same but for a word or two."""

from newsreader.text.copies.shingles import split_words

MIN_SHARED_WORDS = 0.75  # of the words that either has


def are_alike(first: str, second: str) -> bool:
    """Return whether two headlines have the same numbers, and nearly the same words: reports of two days differ in the day."""
    words, others = set(split_words(first)), set(split_words(second))
    if not words or list_numbers(words) != list_numbers(others):
        return False
    return len(words & others) / len(words | others) >= MIN_SHARED_WORDS


def list_numbers(words: set[str]) -> set[str]:
    """Return those words that have a digit."""
    return {word for word in words if any(sign.isdigit() for sign in word)}
