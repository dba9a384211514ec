"""The examples of tags, as the codebook shows them."""

from typing import NamedTuple
from uuid import UUID

from django.db.models.functions import Substr

from annotations.models import Highlight, Project, TagExample
from newsreader.text.html.plaintext import cut_characters
from newsreader.users import AnyUser

MAX_QUOTE = 300  # characters


class Example(NamedTuple):
    """A passage that is an example of a tag."""

    highlight: UUID
    quote: str
    source: str
    title: str
    language: str
    direction: str


def load_examples(project: Project, user: AnyUser, tag: UUID | None = None) -> dict[UUID, list[Example]]:
    """Return the examples that the user may read by the keys of their tags, in one query; of one tag if one is given.

    Deleted passages are no examples, nor are those that lost the tag since they were pinned.
    """
    examples = TagExample.objects.with_tag().filter(
        project=project, highlight__in=Highlight.objects.readable_by(user, project)
    )
    if tag:
        examples = examples.filter(tag=tag)
    article = ("source__name", "title", "language", "direction")
    fields = ("tag_id", "highlight_id", Substr("highlight__exact", 1, MAX_QUOTE + 1))
    found: dict[UUID, list[Example]] = {}
    for key, highlight, quote, *of_article in examples.values_list(
        *fields, *(f"highlight__article__{name}" for name in article)
    ):
        found.setdefault(key, []).append(Example(highlight, cut_characters(quote, MAX_QUOTE), *of_article))
    return found
