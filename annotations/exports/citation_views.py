"""A passage as it is cited: for people, and in the formats that reference managers read."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from annotations.exchange.bibtex import write_bibtex
from annotations.exchange.citation_styles import DEFAULT_STYLE, STYLES, citation_html
from annotations.exchange.citations import CitedArticle, Quotation
from annotations.exchange.csl_json import write_csl
from annotations.exchange.ris import write_ris
from annotations.exchange.text_fragments import link_to_words
from annotations.models import Highlight
from annotations.passages.queries import CHUNK_SIZE, PassageQuerySet, all_passages
from newsreader.http import Request


class CitationFormat(NamedTuple):
    """A format of reference managers."""

    name: str
    write: Callable[[Iterable[CitedArticle]], Iterator[str]]
    media_type: str
    suffix: str


CITATION_FORMATS = {  # by the name in the address
    "bib": CitationFormat("BibTeX", write_bibtex, "application/x-bibtex", "bib"),
    "ris": CitationFormat("RIS", write_ris, "application/x-research-info-systems", "ris"),
    "csl": CitationFormat("CSL-JSON", write_csl, "application/vnd.citationstyles.csl+json", "json"),
}
MISSING_NOTES = {  # by a field of CitedArticle that is empty, for each style
    "published": {
        "apa": gettext_noop("The article has no date here, so the citation says “n.d.”."),
        "chicago": gettext_noop("The article has no date here, so the citation says “n.d.”."),
        "mla": gettext_noop("The article has no date here, so the citation leaves it out."),
    },
    "byline": {
        "apa": gettext_noop("The article names no author, so the citation begins with its title."),
        "chicago": gettext_noop("The article names no author, so the citation begins with its source."),
        "mla": gettext_noop("The article names no author, so the citation begins with its title."),
    },
    "address": dict.fromkeys(
        STYLES, gettext_noop("The article has no original URL, so there is no link to its source.")
    ),
}
OLDER_REVISION_NOTE = gettext_noop(
    "The article has changed since this was highlighted. This is the wording of revision %(number)s."
)
# What is read of a passage, in the order in which `build_cited_article` takes it.
ARTICLE_FIELDS = ("slug", "title", "source__name", "byline", "published_at", "url", "language")
CITATION_FIELDS = (*(f"article__{name}" for name in ARTICLE_FIELDS), "revision__created_at", "exact", "pk")


@require_safe
def cite_passage(request: Request, pk: UUID) -> HttpResponse:
    """Show the citation in all formats, or send one of them as a file."""
    visible = all_passages().visible_to(request.user).filter(pk=pk)
    highlight = get_object_or_404(visible.select_related("article__source", "revision", "project"))
    (cited,) = read_cited_articles(visible.with_order_key(), request.build_absolute_uri("/highlights/"))
    if citation_format := CITATION_FORMATS.get(request.GET.get("format", "")):
        return download_citation(highlight, cited, citation_format)
    style = request.GET["style"] if request.GET.get("style") in STYLES else DEFAULT_STYLE
    context = {
        "highlight": highlight,
        "project": highlight.project,
        "may_pin_example": highlight.project.with_role_of(request.user).allows("codebook"),
        "permalink": cited.quotations[0].link,
        "original": build_original_link(highlight),
        "styles": STYLES.items(),
        "style": style,
    }
    return render(request, "annotations/exports/cite.html", context | make_citation_context(cited, highlight, style))


def read_cited_articles(passages: PassageQuerySet, highlights_url: str) -> Iterator[CitedArticle]:
    """Yield each passage as a citation of its article, those of an article together, as they are read.

    `highlights_url` is the address of highlights on this site, up to their keys.
    """
    rows = passages.after_in_order("article", None).values_list(*CITATION_FIELDS).iterator(chunk_size=CHUNK_SIZE)
    return (build_cited_article(row, highlights_url) for row in rows)


def build_cited_article(row: tuple[Any, ...], highlights_url: str) -> CitedArticle:
    """Return the citation of a row of CITATION_FIELDS."""
    slug, title, source, byline, published, url, language, accessed, exact, key = row
    day = published and localdate(published)
    quotations = (Quotation(exact, f"{highlights_url}{key}/"),)
    return CitedArticle(slug, title, source, byline, day, url, language, localdate(accessed), quotations)


def make_citation_context(cited: CitedArticle, highlight: Highlight, style: str) -> dict[str, Any]:
    """Return the citation in all formats, and sentences about what is missing or out of date."""
    forms = [
        (name, citation_format.name, "".join(citation_format.write([cited])).rstrip("\r\n"))
        for name, citation_format in CITATION_FORMATS.items()
    ]
    missing = [_(notes[style]) for field, notes in MISSING_NOTES.items() if not getattr(cited, field)]
    if highlight.revision.number != highlight.article.revision:
        missing.append(_(OLDER_REVISION_NOTE) % {"number": highlight.revision.number})
    return {"line": mark_safe(citation_html(cited, style)), "forms": forms, "missing": missing}


def build_original_link(highlight: Highlight) -> str:
    """Return the link to these words on the page where they were published."""
    is_repeated = highlight.revision.text.count(highlight.exact) > 1
    context = (highlight.prefix, highlight.suffix)
    return link_to_words(highlight.article.url, highlight.exact, *context, common=is_repeated)


def download_citation(highlight: Highlight, cited: CitedArticle, citation_format: CitationFormat) -> HttpResponse:
    """Return the citation as a file."""
    content_type = f"{citation_format.media_type}; charset=utf-8"
    response = HttpResponse("".join(citation_format.write([cited])), content_type=content_type)
    file_name = f"{highlight.article.slug}.{citation_format.suffix}"
    response["Content-Disposition"] = content_disposition_header(True, file_name)
    return response
