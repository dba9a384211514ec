"""Numbers and lists of changes in words."""

NUMBER_WORDS = "no one two three four five six seven eight nine".split()


def spell_number(number: int) -> str:
    """Return a number below ten as a word, others as digits."""
    return NUMBER_WORDS[number] if number < len(NUMBER_WORDS) else f"{number:,}"


def join_list(parts: list[str]) -> str:
    """Return the parts joined by commas, with "and" before the last."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def summarise_word_counts(gained: int, lost: int) -> str:
    """Return how many words were added and removed, in words; empty if none."""
    parts = [f"{format_word_count(gained)} put in"] if gained else []
    if lost:
        parts.append(f"{lost:,} taken out" if gained else f"{format_word_count(lost)} taken out")
    return ", ".join(parts)


def format_word_count(number: int) -> str:
    """Return a number of words, such as "1 word" or "1,200 words"."""
    return f"{number:,} word{'' if number == 1 else 's'}"
