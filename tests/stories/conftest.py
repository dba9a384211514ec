"""A story in three copies, and an article that only quotes it."""

import pytest

from newsreader.models import Article
from stories.storing import store
from stories.wire import Newsroom


@pytest.fixture
def wire() -> list[str]:
    return Newsroom(3).article()[:20]


@pytest.fixture
def copies(wire) -> list[Article]:
    """Three copies, in one of which the quoted sentence has a comma more, and an article that only quotes it."""
    words = wire[2].split()
    with_comma = [*wire[:2], " ".join([f"{words[0]},", *words[1:]]), *wire[3:]]
    own = Newsroom(4)
    texts = {"Transwire": wire, "Ledger": with_comma, "Signal": wire[:9], "Mole": [*own.article(), wire[2]]}
    return [store(text, outlet, 30 * place) for place, (outlet, text) in enumerate(texts.items())]
