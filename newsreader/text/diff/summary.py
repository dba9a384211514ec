"""Changes of a text in words for people."""

NUMBERS = "no one two three four five six seven eight nine".split()


def spelt(number: int) -> str:
    """A number below ten as a word, others as digits."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def listed(parts: list[str]) -> str:
    """The parts with commas, and an "and" before the last."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def in_and_out(gained: int, lost: int) -> str:
    """How many words were put in and taken out; empty where none was."""
    said = [f"{in_words(gained)} put in"] if gained else []
    if lost:
        said.append(f"{lost:,} taken out" if gained else f"{in_words(lost)} taken out")
    return ", ".join(said)


def in_words(number: int) -> str:
    return f"{number:,} word{'' if number == 1 else 's'}"
