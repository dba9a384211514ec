"""Making a highlight."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from annotations.models import Project
from annotations.models.highlight import Made
from annotations.reading.forms import HighlightForm
from annotations.reading.responses import address_of, changed, number_in, reason, refused, signed_out
from newsreader.models import Article

NOT_HERE = "You may read this project, but not highlight in it. Choose a project of your own at the top of the page."
FOUND_AGAIN = "The article changed since you opened it; your highlight stands on the same words in the new text. "
# What became of a highlight on a text that was corrected while it was read, and what its link says.
FATES = {
    "same": ("stands on the same words in the new text.", "Read the new text"),
    "moved": ("stands on the same words, elsewhere in the new text.", "Read the new text"),
    "edited": ("stands on words that were edited.", "See what changed"),
    "ambiguous": ("is kept, but its words could be in more than one place of the new text.", "Choose the place"),
    "gone": ("is kept, but its words are not in the new text.", "See what can be done"),
}


@require_POST
def make(request, slug):
    """A new highlight from a selection, on the text that was read. The same form twice makes one."""
    article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    back = article.get_absolute_url()
    if not request.user.is_authenticated:
        return signed_out(request, back)
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=request.POST.get("project", ""))
    if not project.with_role_of(request.user).allows("highlight"):
        return refused(request, NOT_HERE, status=403, back=back)
    form = HighlightForm(request.POST, project=project, revision=read_in(request, article), author=request.user)
    if not form.is_valid():
        return refused(request, reason(form), status=409 if form.has_error("__all__", "unsure") else 422, back=back)
    made = form.save(request.user)
    return changed(request, made.highlight, "highlighted", said_of(made, found_again=form.moved), undo="delete")


def read_in(request, article):
    """The revision that the form says was read, which may have been corrected since; the current one where it says none."""
    number = number_in(request, "revision")
    read = article.revisions.filter(number=number).first() if number not in (0, article.revision) else None
    return read or article.current()


def said_of(made: Made, *, found_again: bool = False) -> str:
    """What became of a highlight, with a way to the new text where there is one."""
    if not made.placement:
        return f"{FOUND_AGAIN if found_again and made.created else ''}Highlighted."
    words, link = FATES[made.placement.state]
    return format_html(
        'The article was corrected while you read. Your highlight {} <a href="{}">{}</a>', words, new_text(made), link
    )


def new_text(made: Made) -> str:
    """Where the highlight is on the current text: its mark, or its place above the text.

    The number of the text makes it another address than that of the page one is on, which would not be loaded anew.
    """
    article, key = made.highlight.article, made.highlight.pk
    anchor = f"h-{key}" if made.placement.start is not None else f"astray-{key}"
    return f"{article.get_absolute_url()}?project={made.highlight.project.slug}&revision={article.revision}#{anchor}"


def led_to(request, made: Made) -> HttpResponse:
    """The way to a new highlight, for a browser without scripts."""
    messages.success(request, said_of(made), extra_tags=f"delete:{made.highlight.pk}")
    return redirect(address_of(made.highlight))
