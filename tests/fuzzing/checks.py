"""What must hold of every file that is sent to the site; `Fault` says what does not."""

import re
import traceback
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from annotations.anchoring.folding import SAME_MARKS
from annotations.models import Highlight, ImportJob, Project
from newsreader.models import Article
from newsreader.text.html.plaintext import text_of

MAX_SENTENCE = 400  # characters
NOT_FOR_PEOPLE = re.compile(
    r"Traceback|<class|object at 0x|Error\(|Exception|\bNone\b|%\(|\{\w*\}|\\x[0-9a-f]{2}|\bb'|dict_|Errno|\n|\bline \d+, column"
)
IGNORED = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")  # where words of two programs are compared
NO_TEXT = re.compile("[\0-\x08\ud800-\udfff]")
OUR_FRAME = re.compile(r'File "[^"]*?/((?:annotations|newsreader)/[^"]+)", line \d+, in (\w+)')
LEFT_BY_NONE = (
    "annotations_highlight",
    "annotations_highlighttag",
    "annotations_tag",
    "newsreader_article",
    "newsreader_revision",
)


class Fault(Exception):
    """What the site did wrong; faults of one key have one cause."""

    def __init__(self, key: str, detail: object = "") -> None:
        super().__init__(key, detail)
        self.key, self.detail = key, str(detail)


def require(condition: object, key: str, detail: object = "") -> None:
    """Raise Fault where something is not as it should be."""
    if not condition:
        raise Fault(key, detail)


@contextmanager
def answering(step: str) -> Iterator[None]:
    """Make a Fault of every exception: in use, each would be a page that says 500."""
    try:
        yield
    except Fault:
        raise
    except Exception as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/tests/" not in frame.filename]
        ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames
        place = f"{Path(ours[-1].filename).name}:{ours[-1].name}" if ours else "?"
        raise Fault(f"500, {step}: {type(error).__name__} in {place}", str(error)[:300]) from error


def require_no_crash(said: bytes, sentence: str) -> None:
    """Raise Fault where the process that read a file ended by an exception, which people see as a vague refusal."""
    if words := said.decode("utf-8", "replace").strip():
        frames, last = OUR_FRAME.findall(words), words.splitlines()[-1]
        place = ":".join(frames[-1]) if frames else "?"
        raise Fault(f"the reading process fails: {last.partition(':')[0]} in {place}", f"{sentence} {last[:300]}")


def require_plain(sentence: str) -> None:
    """Raise Fault where a sentence is none for people; what it quotes does not count."""
    unquoted = re.sub("“[^”]*”", "“”", sentence, flags=re.DOTALL)
    found = NOT_FOR_PEOPLE.search(unquoted) or not sentence.strip()
    require(not found, "a sentence that is none for people", repr(sentence[:MAX_SENTENCE]))
    require(len(unquoted) <= MAX_SENTENCE, "a sentence that is too long", repr(sentence[:MAX_SENTENCE]))


def count_rows() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name != "newsreader_session"]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in tables))
        return dict(cursor.fetchall())


def require_unchanged(before: dict[str, int], key: str, tables: tuple[str, ...] = ()) -> None:
    """Raise Fault where a table, or one of these, has more or fewer rows than before."""
    after = count_rows()
    changed = [f"{name}: {before[name]}, now {after[name]}" for name in tables or before if before[name] != after[name]]
    require(not changed, key, "; ".join(changed))


def require_nothing_left(before: dict[str, int], job: ImportJob) -> None:
    """Raise Fault where a failed job has left something."""
    require_unchanged(before, "a failed job leaves something", LEFT_BY_NONE)
    raise Fault(f"the job ends {job.state}", job.error)


def require_as_planned(project: Project, plan, before: dict[str, int], said: int) -> None:
    """Raise Fault where other rows were made than were previewed, or on other words."""
    after = count_rows()
    planned = {
        "annotations_highlight": plan.highlight_count,
        "annotations_tag": len(plan.new_tags),
        "newsreader_article": len(plan.new_articles),
    }
    made = {name: after[name] - before[name] for name in planned}
    require(made == planned, "other rows are made than were previewed", f"previewed {planned}, made {made}")
    # Of a codebook the page says how many tags were made; that of a job says that it has no highlights.
    expected = {len(plan.new_tags), 0} if plan.is_codebook else {plan.highlight_count}
    require(said in expected, "the message says another number", f"{said}, not {expected}")
    for record, place in [(planned.record, planned.place) for planned in plan.highlights]:
        words = place.revision.text[place.start : place.end]
        require(fold(words) == fold(record.exact), "a highlight on other words", f"{record.exact!r} on {words!r}")
    for highlight in Highlight.objects.filter(project=project).select_related("revision"):
        words = highlight.revision.text[highlight.start : highlight.end]
        require(
            words == highlight.exact and words.strip(),
            "a highlight without its words",
            f"{highlight.exact!r} on {words!r}",
        )


def fold(words: str) -> str:
    """The words without what programs do differently: white space, invisible characters, composed letters, kinds of marks."""
    return IGNORED.sub("", unicodedata.normalize("NFC", words)).translate(SAME_MARKS).replace("…", "...")


def require_nothing_new(plan, again) -> None:
    """Raise Fault where not all of a file that was imported is here."""
    new = {"highlights": again.highlight_count, "tags": len(again.new_tags), "articles": len(again.new_articles)}
    require(not any(new.values()), "importing it again would make more", new)
    here = plan.highlight_count + len(plan.already_present)
    # An entry that was refused may have the key of one that was not.
    require(len(again.already_present) >= here, "not all is here already", f"{len(again.already_present)} of {here}")


def require_whole(article: Article) -> None:
    """Raise Fault where an article lacks what every one has, or has what none may have."""
    revision = article.current()
    require(article.title.strip(), "an article without a title")
    require(revision.text.strip(), "an article without words")
    require(revision.text == text_of(revision.html), "a text that is not that of its page")
    words = f"{article.title} {article.byline} {revision.text}"
    require(not NO_TEXT.search(words), "characters that no text may hold")
