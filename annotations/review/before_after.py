"""A passage that changed, before and after: the words as they were accepted last, and those that stand for them now."""

from typing import NamedTuple

from annotations.models import Placement, Project
from annotations.passages.loading import load_passage_tags
from annotations.passages.passage import PassageTag
from annotations.reading.links import build_reattach_url
from annotations.reading.orphans import Proposal, build_proposal, cut_middle
from annotations.rendering.context import SENTENCE_WINDOW, get_sentence_after, get_sentence_before
from newsreader.models import Revision
from newsreader.text.diff.diff import diff_texts
from newsreader.text.html.plaintext import elide_middle

MAX_COMPARED = 20_000  # code points of a passage that are compared; of what is longer the beginning
MAX_EQUAL = 240  # code points of unchanged words that are shown together


class DiffRun(NamedTuple):
    """Some words of one side; `kind` is "del" or "ins" where they differ from the other."""

    words: str
    kind: str = ""


class PassageSide(NamedTuple):
    """The passage in one revision, in runs, with what stands around it."""

    number: int
    lead: str
    bits: list[DiffRun]
    trail: str


class ChangedPassage(NamedTuple):
    """One passage that changed; `new` is None where it has no place."""

    placement: Placement
    tags: list[PassageTag]
    old: PassageSide
    new: PassageSide | None
    proposals: list[Proposal]
    may_settle: bool
    is_current: bool

    @property
    def elsewhere(self) -> str:
        """The address of the page on which another place can be selected."""
        highlight = self.placement.highlight
        return build_reattach_url(highlight.article, highlight.project, highlight.pk)


def load_changed_passages(placements: list[Placement], project: Project) -> list[ChangedPassage]:
    """Return what is shown of these placements, in two queries whatever their number."""
    tags = load_passage_tags([placement.highlight_id for placement in placements]) if placements else {}
    keys = {key for placement in placements for key in (placement.origin_id, placement.revision_id)}
    revisions = {revision.pk: revision for revision in Revision.objects.filter(pk__in=keys).only("text", "blocks")}
    return [
        build_changed_passage(placement, tags.get(placement.highlight_id, []), revisions, project)
        for placement in placements
    ]


def build_changed_passage(
    placement: Placement, tags: list[PassageTag], revisions: dict[int, Revision], project: Project
) -> ChangedPassage:
    """Return one passage with its two sides; `revisions` have the texts, by key."""
    placement.highlight.project = project
    revision = revisions[placement.revision_id]
    old, new = build_sides(placement, revisions[placement.origin_id].text, revision.text)
    return ChangedPassage(
        placement,
        tags,
        old,
        new,
        proposals=[build_proposal(revision, *place) for place in placement.proposals if placement.open],
        may_settle=project.allows_review_of(placement.highlight.author_id),
        is_current=placement.revision.number == placement.highlight.article.revision,
    )


def build_sides(placement: Placement, old_text: str, new_text: str) -> tuple[PassageSide, PassageSide | None]:
    """Return the passage before and after; None for after where it has no place."""
    old_place, old_number = (placement.origin_start, placement.origin_end), placement.origin.number
    old_words = old_text[slice(*old_place)][:MAX_COMPARED]
    if placement.start is None or placement.end is None:
        whole = cut_middle(old_text[slice(*old_place)])
        return build_side(old_text, old_place, [DiffRun(whole)], old_number), None
    new_place = placement.start, placement.end
    old_runs, new_runs = compare_words(old_words, new_text[slice(*new_place)][:MAX_COMPARED])
    new_side = build_side(new_text, new_place, new_runs, placement.revision.number)
    return build_side(old_text, old_place, old_runs, old_number), new_side


def build_side(text: str, place: tuple[int, int], runs: list[DiffRun], number: int) -> PassageSide:
    """Return the passage at this place of revision `number` with what stands around it."""
    start, end = place
    words = text[start:end]
    before, after = text[max(start - SENTENCE_WINDOW, 0) : start], text[end : end + SENTENCE_WINDOW]
    return PassageSide(number, get_sentence_before(before, words), runs, get_sentence_after(words, after))


def compare_words(old: str, new: str) -> tuple[list[DiffRun], list[DiffRun]]:
    """Return both texts in runs, of which those that differ are marked."""
    old_runs, new_runs = [], []
    for segment in diff_texts(old, new):
        old_runs.append(build_run(old[segment.start : segment.end], segment.is_same, "del"))
        new_runs.append(build_run(new[segment.new_start : segment.new_end], segment.is_same, "ins"))
    return [run for run in old_runs if run.words], [run for run in new_runs if run.words]


def build_run(words: str, is_equal: bool, kind: str) -> DiffRun:
    """Return some words as they are shown, without their middle where they are long."""
    if not is_equal:
        return DiffRun(cut_middle(words), kind)
    return DiffRun(elide_middle(words, MAX_EQUAL // 2))
