"""How disagreements were decided: in words, and for each disagreement of the agreement page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from annotations.agreement.signing import make_key
from annotations.agreement.wording import join_names
from annotations.models import Decision
from annotations.models.codebook import Codebook
from annotations.models.project import Project


def describe_decision(decision: Decision, codebook: Codebook, names: Mapping[int, str]) -> str:
    """Return what was decided, by whom and why; `names` are those of coders by their keys."""
    said = describe_outcome(decision, codebook, names)
    by = _("%(outcome)s, decided by %(name)s.") % {"outcome": said, "name": decision.decided_by.get_username()}
    return _("%(decision)s “%(reason)s”") % {"decision": by, "reason": decision.reason} if decision.reason else by


def describe_outcome(decision: Decision, codebook: Codebook, names: Mapping[int, str]) -> str:
    """Return what was decided, without a full stop."""
    tags = dict.fromkeys(tag for _start, _end, tags in decision.passages for tag in tags)
    tag_names = ", ".join(codebook[tag].name for tag in tags if tag in codebook)
    coders = join_names([names.get(key, "…") for key in decision.taken_from])
    values = {"coders": coders, "tags": tag_names}
    if decision.kind == Decision.Kind.VERSION:
        return _("Taken from %(coders)s: %(tags)s") % values
    if decision.kind == Decision.Kind.PASSAGE:
        return _("Another passage: %(tags)s") % values
    return _("Nothing here") if decision.kind == Decision.Kind.NOTHING else _("Agreed: %(tags)s") % values


def load_decisions(project: Project, articles: Sequence[int]) -> dict[str, Decision]:
    """Return what was decided about these articles, by the key of what it decided between."""
    return {make_key(one.versions): one for one in list_decisions(project, articles)}


def list_decisions(project: Project, articles: Sequence[int]) -> list[Decision]:
    """Return what was decided about disagreements on those of these articles that blind reading does not hide, with the tags of now."""
    shown = [article for article in articles if not project.sight.hides(article)]
    decisions = Decision.objects.disputed().filter(adjudication__project=project, adjudication__article__in=shown)
    related = decisions.select_related("decided_by", "revision", "adjudication__article").defer("revision__html")
    return with_merged_tags(project, related)


def with_merged_tags(project: Project, decisions: Iterable[Decision]) -> list[Decision]:
    """Return decisions that say of a tag that was merged since what their highlights have now: the tag into which it was."""
    decisions = list(decisions)
    merged = load_merged_tags(project) if decisions else {}
    for decision in decisions if merged else ():
        versions = {(*place, merged.get(tag, tag)) for *place, tag in decision.versions}
        decision.versions = sorted(map(list, versions))
        passages = ((start, end, [merged.get(tag, tag) for tag in tags]) for start, end, tags in decision.passages)
        decision.passages = [[start, end, list(dict.fromkeys(tags))] for start, end, tags in passages]
    return decisions


def load_merged_tags(project: Project) -> dict[str, str]:
    """Return the tags (keys) that were merged, with those into which; merges that were undone do not count."""
    merges = project.events.filter(verb="tag merged", undone_by=None).order_by("-pk")
    into: dict[str, str] = {}
    for tag, target in merges.values_list("subject", "data__into"):
        if target:
            into[tag.hex] = into.get(UUID(target).hex, UUID(target).hex)
    return into


def load_coder_names(decisions: Sequence[Decision]) -> dict[int, str]:
    """Return the names of the coders from whom these decisions took something, by their keys."""
    keys = {key for decision in decisions for key in decision.taken_from}
    rows: Any = get_user_model().objects.filter(pk__in=keys).values_list("pk", "username") if keys else []
    return dict(rows)
