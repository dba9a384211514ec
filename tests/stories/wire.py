"""Articles of real length among others, and what outlets make of wire copy: generated, the same for the same number."""

import random
from itertools import accumulate

SYLLABLES = (
    "ba be bo da de do fa fi ga go ka ke la le lo ma mi mo na ne no pa po ra re ri sa se so ta te to va vi za".split()
)
VOCABULARY = 20_000
COMMON = "the a of to in and for on with from that said after before under at by as was were has have".split()
PHRASES = 400  # that any article may have, such as “said in a statement on Monday”


class Newsroom:
    """Writes articles of 250 to 900 words in sentences of 8 to 28: a few words are frequent, and phrases come back."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)
        rare = ["".join(self.chance.choices(SYLLABLES, k=self.chance.randint(2, 4))) for _ in range(VOCABULARY)]
        self.words = COMMON + rare
        self.weights = list(accumulate(1 / (place + 3) for place in range(len(self.words))))
        self.phrases = [self.choose(self.chance.randint(4, 9)) for _ in range(PHRASES)]

    def choose(self, number: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=number)

    def sentence(self) -> str:
        words = self.choose(self.chance.randint(8, 28))
        if self.chance.random() < 0.2:
            words[3:3] = self.chance.choice(self.phrases)
        return f"{' '.join(words).capitalize()}."

    def article(self) -> list[str]:
        """The sentences of an article."""
        length, sentences, written = self.chance.randint(250, 900), [], 0
        while written < length:
            sentences.append(self.sentence())
            written += len(sentences[-1].split())
        return sentences

    def print_first_quarter(self, sentences: list[str]) -> list[str]:
        return [" ".join(" ".join(sentences).split()[: len(" ".join(sentences).split()) // 4])]

    def swap_sentences(self, sentences: list[str]) -> list[str]:
        """Six sentences in ten in another order."""
        places = self.chance.sample(range(len(sentences)), round(len(sentences) * 0.6))
        moved, swapped = sorted(places), list(sentences)
        for place, other in zip(moved, places, strict=True):
            swapped[place] = sentences[other]
        return swapped

    def replace_words(self, sentences: list[str]) -> list[str]:
        """Two words in ten are others, wherever they stand."""
        words = " ".join(sentences).split()
        for place in self.chance.sample(range(len(words)), round(len(words) * 0.2)):
            words[place] = self.choose(1)[0]
        return [" ".join(words)]

    def retell(self, sentences: list[str]) -> list[str]:
        """An article of its own that quotes a sentence of the other."""
        own = self.article()
        return own[:5] + sentences[3:4] + own[5:]


def make_page(sentences: list[str]) -> str:
    """The article in paragraphs of three sentences."""
    return "".join(f"<p>{' '.join(sentences[at : at + 3])}</p>" for at in range(0, len(sentences), 3))
