"""Texts that say the same over and over, as tables of results, lists and threads do: the hardest to tell apart."""

import random

WORDS = (
    "the minister said that talks with agency would begin on Monday and not before troops left Brevik at 12 or 17 of March"
).split()
PLACES = ["Brevik", "Valdora", "Orlest", "Corvana", "Marist", "Teshkov"]


def repetitive(number: int) -> str:
    """Text number so many, always the same: results, sentences out of few words, few sentences, or a thread with replies."""
    chance = random.Random(f"repetitive {number}")
    words = WORDS[: chance.choice([6, 10, len(WORDS)])]
    sentences = [sentence(words, chance) for _ in range(chance.choice([4, 10, 30]))]
    line = [result, few_sentences, few_words, reply][number % 4]
    return "\n".join([line(chance, sentences, words) for _ in range(chance.randint(3, 14))])


def sentence(words: list[str], chance: random.Random) -> str:
    said = " ".join([chance.choice(words) for _ in range(chance.randint(3, 10))])
    return said[0].upper() + said[1:] + chance.choice("..?")


def result(chance: random.Random, sentences: list[str], words: list[str]) -> str:
    home, away = chance.sample(PLACES, 2)
    return f"{home} {chance.randint(0, 3)} {away} {chance.randint(0, 3)}"


def few_sentences(chance: random.Random, sentences: list[str], words: list[str]) -> str:
    return " ".join([chance.choice(sentences) for _ in range(chance.randint(1, 5))])


def few_words(chance: random.Random, sentences: list[str], words: list[str]) -> str:
    return " ".join([sentence(words, chance) for _ in range(chance.randint(1, 4))])


def reply(chance: random.Random, sentences: list[str], words: list[str]) -> str:
    return chance.choice(["Reply to this comment", f"{chance.choice(sentences)} {sentence(WORDS, chance)}"])
