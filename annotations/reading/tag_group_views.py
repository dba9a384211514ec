"""All tags of the toolbar, below their headings: the reading page asks for them when words are selected."""

from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from annotations.decorators import MemberRequest, project_required
from annotations.models import Project
from annotations.models.codebook import codebook_of, leave_out_tags, load_codebook
from annotations.reading.tag_picker import build_picker
from newsreader.fragments import fill, render_kept

A_YEAR = 31_536_000  # seconds
HTML_VERSION = 2  # changed with the templates: browsers then ask anew for what they have kept


class TagGroups(NamedTuple):
    """What the tags of a reader's toolbar and their number keys depend on; `recent` are the keys of the tags used last."""

    project: UUID
    codebook: int
    recent: tuple[str, ...]
    hidden: tuple[UUID, ...]  # tags that blind reading hides


def describe_tag_groups(project: Project) -> TagGroups:
    """Return what the tags of this member's toolbar depend on."""
    recent = tuple(project.membership.recent) if project.membership else ()
    return TagGroups(project.pk, project.codebook, recent, project.sight.tags)


def build_tag_groups_url(project: Project, user_id: int | None) -> str:
    """Return the address of the tags for this member: another one when anything about them changes."""
    return f"{reverse('tag-groups', args=[project.slug])}?{urlencode({'v': compute_version(project, user_id)})}"


def compute_version(project: Project, user_id: int | None) -> str:
    """Return a digest of all that a member's tags are rendered from."""
    groups = describe_tag_groups(project)
    told = (codebook_of(project), groups.recent) if project.sight else groups  # no version to who reads blind
    values = (HTML_VERSION, user_id, get_language(), told)
    return sha256(repr(values).encode()).hexdigest()[:16]


@require_safe
@project_required("highlight", methods=("GET", "HEAD"))
def show_tag_groups(request: MemberRequest, project: Project) -> HttpResponse:
    """Show the tags; the member's own browser keeps them under the address of their version."""
    groups = describe_tag_groups(project)
    response = HttpResponse(fill(render_kept("annotations/reading/_tag_groups.html", build_context, *groups), {}))
    if request.GET.get("v") == compute_version(project, request.user.pk):
        patch_cache_control(response, private=True, max_age=A_YEAR, immutable=True)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def build_context(project: UUID, codebook: int, recent: tuple[str, ...], hidden: tuple[UUID, ...]) -> dict[str, Any]:
    """Return what the tags are rendered with."""
    shown = leave_out_tags(load_codebook(project, codebook), hidden)
    return {"picker": build_picker(shown, recent=recent, may_create=False), "keyed": True}
