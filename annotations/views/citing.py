"""A passage as it is cited: for people, and in the forms that reference managers read."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from annotations.exchange.bibtex import bibtex
from annotations.exchange.citations import Cited, Quotation, csl, html_line, ris
from annotations.exchange.fragments import link_to_words
from annotations.models import Highlight
from annotations.views.passages import permalink

FORMS = {  # by the name in the address: what it is called, how it is written, its media type, how its file ends
    "bib": ("BibTeX", bibtex, "application/x-bibtex", "bib"),
    "ris": ("RIS", ris, "application/x-research-info-systems", "ris"),
    "csl": ("CSL-JSON", csl, "application/vnd.citationstyles.csl+json", "json"),
}
LACKING = {
    "published": "The article has no date, so the citation says “no date”. Look it up on the original page.",
    "byline": "The article names no author, so the citation begins with its title.",
    "address": "The article came without an original address, so there is no link to where it was published.",
}


@require_safe
def cite(request, pk):
    """The page of all forms, or one of them as a file."""
    known = Highlight.objects.visible_to(request.user).select_related("article__source", "revision", "project")
    highlight = get_object_or_404(known, pk=pk)
    link = permalink(request.build_absolute_uri("/")[:-1], pk)
    cited = cited_from(highlight, link)
    if request.GET.get("format") in FORMS:
        return download(highlight, cited, *FORMS[request.GET["format"]][1:])
    context = {"highlight": highlight, "project": highlight.project, "permalink": link}
    return render(request, "annotations/cite.html", context | told(cited) | {"original": original(highlight)})


def cited_from(highlight, link: str) -> Cited:
    """What is known of the article, and this passage of it."""
    article = highlight.article
    return Cited(
        article=article.slug,
        title=article.title,
        source=article.source.name,
        byline=article.byline,
        published=article.published_at and localdate(article.published_at),
        url=article.url,
        language=article.language,
        accessed=localdate(highlight.revision.created_at),
        quotations=(Quotation(highlight.exact, link),),
    )


def told(cited: Cited) -> dict:
    """The forms as they are shown, and what is missing in words."""
    forms = [(name, title, "".join(write([cited])).rstrip("\r\n")) for name, (title, write, *_) in FORMS.items()]
    missing = [words for name, words in LACKING.items() if not getattr(cited, name)]
    return {"line": mark_safe(html_line(cited)), "forms": forms, "missing": missing}


def original(highlight) -> str:
    """The link to these words on the page where they were published."""
    common = highlight.revision.text.count(highlight.exact) > 1
    around = (highlight.prefix, highlight.suffix)
    return link_to_words(highlight.article.url, highlight.exact, *around, common=common)


def download(highlight, cited: Cited, write, media: str, ending: str) -> HttpResponse:
    response = HttpResponse("".join(write([cited])), content_type=f"{media}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{highlight.article.slug}.{ending}")
    return response
