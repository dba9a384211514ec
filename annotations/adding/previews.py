"""An article that is shown before it is stored: the page itself carries it, signed, until it is added."""

from dataclasses import asdict
from typing import Any, NamedTuple

from django.core import signing

from newsreader.importing.extracted import Extracted
from newsreader.importing.previewing import PreviewBlock, list_blocks
from newsreader.importing.sandbox.runner import read_published
from newsreader.models.article import resolve_moment

SALT, MAX_AGE = "newsreader.preview", 24 * 3600  # seconds


class Preview(NamedTuple):
    """An article as it was extracted, and the blocks of its page."""

    article: Extracted
    blocks: list[PreviewBlock]

    @classmethod
    def of(cls, article: Extracted) -> "Preview":
        """Return the preview of an article."""
        return cls(article, list_blocks(article))

    def seal(self) -> str:
        """Return the preview as signed text."""
        published = self.article.published and self.article.published.isoformat()
        fields = asdict(self.article) | {"published": published, "html": "", "left_out": []}
        return signing.dumps([fields, self.blocks], salt=SALT, compress=True)

    @classmethod
    def unseal(cls, text: str) -> "Preview":
        """Return the preview of a signed text; BadSignature where it is none of ours, or older than a day."""
        fields, blocks = signing.loads(text, salt=SALT, max_age=MAX_AGE)
        article = Extracted(**fields | {"published": read_published(fields["published"])})
        return cls(article, [PreviewBlock(*block) for block in blocks])

    def list_details(self) -> dict[str, Any]:
        """Return the details of the article that can be corrected."""
        found = self.article
        details = {"title": found.title, "byline": found.byline, "source": found.site, "language": found.language}
        return details | {"published": resolve_moment(found.published)}
