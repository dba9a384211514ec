"""A passage as it is cited: for people, and in the forms that reference managers read."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from annotations.exchange.bibtex import write_bibtex
from annotations.exchange.citation_styles import DEFAULT_STYLE, STYLES, citation_html
from annotations.exchange.citations import CitedArticle, Quotation
from annotations.exchange.csl_json import write_csl
from annotations.exchange.ris import write_ris
from annotations.exchange.text_fragments import link_to_words
from annotations.passages.queries import A_CHUNK, all_passages

FORMS = {  # by the name in the address: what it is called, how it is written, its media type, how its file ends
    "bib": ("BibTeX", write_bibtex, "application/x-bibtex", "bib"),
    "ris": ("RIS", write_ris, "application/x-research-info-systems", "ris"),
    "csl": ("CSL-JSON", write_csl, "application/vnd.citationstyles.csl+json", "json"),
}
LACKING = {  # in each style
    "published": {
        "apa": "The article has no date here, so the citation says “n.d.”.",
        "chicago": "The article has no date here, so the citation says “n.d.”.",
        "mla": "The article has no date here, so the citation leaves it out.",
    },
    "byline": {
        "apa": "The article names no author, so the citation begins with its title.",
        "chicago": "The article names no author, so the citation begins with its source.",
        "mla": "The article names no author, so the citation begins with its title.",
    },
    "address": dict.fromkeys(
        STYLES, "The article came without an original address, so there is no link to where it was published."
    ),
}
OLDER = "The article was changed since this was read. These are the words of its revision {}."
# What is read of a passage, in the order of `cited_of`.
KNOWN = ("slug", "title", "source__name", "byline", "published_at", "url", "language")
CITED = (*(f"article__{name}" for name in KNOWN), "revision__created_at", "exact", "pk")


@require_safe
def cite(request, pk):
    """The page of all forms, or one of them as a file."""
    visible = all_passages().visible_to(request.user).filter(pk=pk)
    highlight = get_object_or_404(visible.select_related("article__source", "revision", "project"))
    (cited,) = cited_among(visible.keyed(), request.build_absolute_uri("/highlights/"))
    if request.GET.get("format") in FORMS:
        return download(highlight, cited, *FORMS[request.GET["format"]][1:])
    style = request.GET["style"] if request.GET.get("style") in STYLES else DEFAULT_STYLE
    context = {"highlight": highlight, "project": highlight.project, "permalink": cited.quotations[0].link}
    context |= {"original": original(highlight), "styles": STYLES.items(), "style": style}
    return render(request, "annotations/exports/cite.html", context | told(cited, highlight, style))


def cited_among(passages, highlights: str) -> Iterator[CitedArticle]:
    """Each passage as a citation of its article, those of an article together, as they are read.

    `highlights` is the address of highlights on this site, up to their keys.
    """
    rows = passages.beyond("article", None).values_list(*CITED).iterator(chunk_size=A_CHUNK)
    return (cited_of(row, highlights) for row in rows)


def cited_of(row: tuple, highlights: str) -> CitedArticle:
    slug, title, source, byline, published, url, language, accessed, exact, key = row
    day = published and localdate(published)
    quotations = (Quotation(exact, f"{highlights}{key}/"),)
    return CitedArticle(slug, title, source, byline, day, url, language, localdate(accessed), quotations)


def told(cited: CitedArticle, highlight, style: str) -> dict:
    """The forms as they are shown, and in words what is missing, or is no more."""
    forms = [(name, title, "".join(write([cited])).rstrip("\r\n")) for name, (title, write, *_) in FORMS.items()]
    missing = [words[style] for name, words in LACKING.items() if not getattr(cited, name)]
    if highlight.revision.number != highlight.article.revision:
        missing.append(OLDER.format(highlight.revision.number))
    return {"line": mark_safe(citation_html(cited, style)), "forms": forms, "missing": missing}


def original(highlight) -> str:
    """The link to these words on the page where they were published."""
    common = highlight.revision.text.count(highlight.exact) > 1
    around = (highlight.prefix, highlight.suffix)
    return link_to_words(highlight.article.url, highlight.exact, *around, common=common)


def download(highlight, cited: CitedArticle, write, media: str, ending: str) -> HttpResponse:
    response = HttpResponse("".join(write([cited])), content_type=f"{media}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{highlight.article.slug}.{ending}")
    return response
