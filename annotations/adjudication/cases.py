"""The disagreements of an adjudication with what was decided about each, and what changed since."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotations.agreement.calculation import LeftOut, list_left_out
from annotations.agreement.decided import with_merged_tags
from annotations.agreement.disagreements import Difference, find_differences
from annotations.agreement.patterns import CodedText
from annotations.agreement.queries import Coding, CurrentText, load_codings, load_consensus, load_texts
from annotations.agreement.signing import AgreedPassage, Signer, Version, digest, find_agreed, make_key
from annotations.models import Adjudication, Decision
from annotations.models.codebook import codebook_of
from annotations.models.project import Project
from newsreader.users import AnyUser


class Case(NamedTuple):
    """A disagreement, numbered from 1 in the order of the text; `former` are decisions that its layers changed since."""

    number: int
    difference: Difference
    versions: list[Version]
    decision: Decision | None
    former: list[Decision]

    @property
    def key(self) -> str:
        """What names it while none of its layers changes."""
        return make_key(self.versions)

    @property
    def seen(self) -> str:
        """What was decided about it, in a word that differs for each decision; "" for nothing."""
        return f"{self.decision.pk.hex}-{self.decision.decided_at.timestamp()}" if self.decision else ""


class Cases(NamedTuple):
    """All that an adjudication compares: `coders` are those with highlights that count.

    `new` are agreed passages that are not in the consensus yet, `gone` decisions for agreed ones that are agreed no more,
    `apart` decisions about disagreements that are none any more.
    """

    text: CurrentText
    coders: tuple[str, ...]
    missing: list[str]  # coders without such highlights
    cases: list[Case]
    agreed: list[AgreedPassage]
    new: list[AgreedPassage]
    gone: list[Decision]
    apart: list[Decision]
    left_out: LeftOut

    @property
    def decided(self) -> int:
        """How many of the disagreements are decided."""
        return sum(case.decision is not None for case in self.cases)

    def find_next(self, number: int) -> int:
        """Return the number of the first undecided case behind one, else of the first there is; the same for none."""
        undecided = [case.number for case in self.cases if case.decision is None]
        return next((other for other in undecided if other > number), undecided[0] if undecided else number)


def load_cases(project: Project, user: AnyUser, adjudication: Adjudication) -> Cases:
    """Return the disagreements of an adjudication as they are now."""
    article = adjudication.article_id
    names = sorted(adjudication.coders.values_list("username", flat=True), key=lambda name: (name.casefold(), name))
    codings = load_codings(project, user, [article], names)
    counted = [coding for coding in codings if not coding.left_out]
    text, coders = load_texts([article])[article], [name for name in names if any(c.coder == name for c in counted)]
    differences = compare_layers(project, article, len(text.text), counted, coders)
    signer = Signer(counted)
    agreed = find_agreed(signer, coders, differences) if len(coders) > 1 else []
    decisions = with_merged_tags(project, adjudication.decisions.select_related("decided_by", "revision"))
    cases, others = pair_decisions([(one, signer.sign(one.passages)) for one in differences], decisions)
    taken = {digest(decision.versions) for decision in decisions if decision.kind == Decision.Kind.AGREED}
    apart = [decision for decision in others if decision.kind != Decision.Kind.AGREED]
    standing = list_taken(project, user, article, apart)
    return Cases(
        text,
        tuple(coders),
        [name for name in names if name not in coders],
        cases,
        agreed,
        [one for one in agreed if digest(one.versions) not in taken and not is_taken(one, standing)],
        find_gone(others, agreed),
        apart,
        count_left_out(codings, agreed),
    )


def compare_layers(
    project: Project, article: int, length: int, counted: Sequence[Coding], coders: Sequence[str]
) -> list[Difference]:
    """Return where coders who have a coding on an article (key) of this length differ; nowhere where there is one."""
    layers = {name: [(c.start, c.end, tag) for c in counted if c.coder == name for tag in c.tags] for name in coders}
    tags = [key for key in codebook_of(project) if any(key in coding.tags for coding in counted)]
    return find_differences(CodedText(article, length, (), layers), tags) if len(coders) > 1 else []


def pair_decisions(
    differences: Sequence[tuple[Difference, list[Version]]], decisions: Sequence[Decision]
) -> tuple[list[Case], list[Decision]]:
    """Return the disagreements with what was decided, and the decisions that belong to none of them.

    A decision belongs to the disagreement between the same highlights; else, as a former one, to the first with one of them.
    """
    disputed = {digest(one.versions): one for one in decisions if one.kind != Decision.Kind.AGREED}
    matched = {digest(versions) for _, versions in differences} & disputed.keys()
    rest = [one for one in decisions if one.kind == Decision.Kind.AGREED or digest(one.versions) not in matched]
    cases = []
    for number, (difference, versions) in enumerate(differences, 1):
        decision = disputed.get(digest(versions))
        former = [] if decision else [one for one in rest if shares_highlight(one, versions)]
        rest = [one for one in rest if one not in former]
        cases.append(Case(number, difference, versions, decision, former))
    return cases, rest


def shares_highlight(decision: Decision, versions: Iterable[Version]) -> bool:
    """Return whether a decision was about one of these highlights with one of these tags."""
    return not {(key, tag) for key, *_, tag in decision.versions}.isdisjoint((key, tag) for key, *_, tag in versions)


def find_gone(decisions: Iterable[Decision], agreed: Iterable[AgreedPassage]) -> list[Decision]:
    """Return those decisions for agreed passages that are agreed no more."""
    standing = {digest(passage.versions) for passage in agreed}
    return [one for one in decisions if one.kind == Decision.Kind.AGREED and digest(one.versions) not in standing]


def list_taken(project: Project, user: AnyUser, article: int, decisions: Sequence[Decision]) -> list[Coding]:
    """Return the passages of the consensus that these decisions made."""
    keys = {key.replace("-", "") for decision in decisions for key in decision.highlights}
    return [coding for coding in load_consensus(project, user, [article]) if coding.key in keys] if keys else []


def is_taken(passage: AgreedPassage, standing: Iterable[Coding]) -> bool:
    """Return whether the consensus has a passage already, by a decision that was made while the layers differed there."""
    found = {tag for one in standing if (one.start, one.end) == (passage.start, passage.end) for tag in one.tags}
    return bool(passage.tags) and found.issuperset(passage.tags)


def count_left_out(codings: Sequence[Coding], agreed: Iterable[AgreedPassage]) -> LeftOut:
    """Return what is not compared: highlights on edited words, and those without a tag that not all coders have."""
    taken = {version[0] for passage in agreed if not passage.tags for version in passage.versions}
    return list_left_out([coding for coding in codings if coding.key not in taken], ())
