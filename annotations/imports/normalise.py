"""Bring what a file says into the form in which a library keeps it."""

from django.utils.translation import gettext_noop

from annotations.exchange.bundle import MAX_READ_TAGS, ImportBundle
from annotations.exchange.record import HighlightRecord, TagRecord
from annotations.exchange.tag_names import TagNames
from annotations.models.tag import MAX_NAME, clean_name
from newsreader.text.characters import clean_characters
from newsreader.text.language.names import fold_name, normalise_name

TEXT_FIELDS = ("id", "source", "article", "title", "digest", "exact", "prefix", "suffix", "note", "creator")
MAX_DESCRIPTION_LENGTH = 4000  # characters
MAX_SHOWN_NAME = 300  # characters of a tag's name in a notice
OTHER_NAME = gettext_noop("The tag “%(name)s” is imported as “%(new)s”.")
CUT_DESCRIPTION = gettext_noop("The description of the tag “%(tag)s” is cut after %(number)s characters.")


def normalise_bundle(bundle: ImportBundle) -> None:
    """Leave only characters that a text may hold, and name tags as the codebook names them; the bundle is changed."""
    names = normalise_tags(bundle)
    bundle.records = [normalise_record(record, names) for record in bundle.records]
    report_new_names(bundle, names)
    bundle.texts = {
        guid: text._replace(title=clean_characters(text.title), text=clean_characters(text.text))
        for guid, text in bundle.texts.items()
    }


def normalise_tags(bundle: ImportBundle) -> dict[str, str]:
    """Clean the tags of the file's codebook, and return their new names by their old ones; each stays a tag of its own."""
    taken, names, new_names = TagNames(MAX_NAME), dict[str, str](), dict[str, str]()
    bundle.tags = list_distinct(bundle.tags)
    for number, tag in enumerate(bundle.tags):
        name = taken.take(clean_name(clean_characters(tag.name)), new_names.get(tag.parent, ""))
        names.setdefault(tag.name, name)
        new_names[tag.id] = name
        bundle.tags[number] = normalise_tag(tag, name)
        if any(
            len(clean_characters(text)) > MAX_DESCRIPTION_LENGTH for text in (tag.definition, tag.use_for, tag.not_for)
        ):
            bundle.add_notice("", CUT_DESCRIPTION, tag=name, number=f"{MAX_DESCRIPTION_LENGTH:,}")
    return names


def list_distinct(tags: list[TagRecord]) -> list[TagRecord]:
    """Return the tags that have a name, the first of those with one id; a passage that names another is given that tag, too."""
    seen: set[str] = set()
    distinct = []
    for tag in tags:
        if clean_name(clean_characters(tag.name)) and not (tag.id and tag.id in seen):
            seen.add(tag.id)
            distinct.append(tag)
    return distinct


def normalise_record(record: HighlightRecord, names: dict[str, str]) -> HighlightRecord:
    """Return an entry with clean texts, tags that are each named once, and a trimmed quote; new names are added to `names`."""
    tags: dict[str, str] = {}  # by their names in small letters
    for old in record.tags[:MAX_READ_TAGS]:
        if old not in names:
            names[old] = clean_name(clean_characters(old))
        tags.setdefault(fold_name(names[old]), names[old])
    fields = record._asdict() | {name: clean_characters(getattr(record, name)) for name in TEXT_FIELDS}
    fields["replies"] = tuple(reply._replace(text=clean_characters(reply.text).strip()) for reply in record.replies)
    return trim_quote(HighlightRecord(**fields | {"tags": tuple(filter(None, tags.values()))}))


def report_new_names(bundle: ImportBundle, names: dict[str, str]) -> None:
    """Add a notice for each tag whose name will not look as in the file."""
    for old, new in names.items():
        if new and new != normalise_name(clean_characters(old)):
            bundle.add_notice("", OTHER_NAME, name=clean_characters(old)[:MAX_SHOWN_NAME], new=new)


def trim_quote(record: HighlightRecord) -> HighlightRecord:
    """Move white space at the ends of the quote into its context: it is no part of a passage, but may stand around one."""
    exact = record.exact.strip()
    lead = len(record.exact) - len(record.exact.lstrip())
    trail = record.exact[lead + len(exact) :]
    start, end = record.start, record.end
    if start is not None:
        start, end = start + lead, start + lead + len(exact)
    return record._replace(
        exact=exact,
        prefix=record.prefix and record.prefix + record.exact[:lead],
        suffix=record.suffix and trail + record.suffix,
        start=start,
        end=end,
    )


def normalise_tag(record: TagRecord, name: str) -> TagRecord:
    """Return a tag of this name with clean descriptions."""
    return record._replace(
        name=name,
        definition=clean_description(record.definition),
        use_for=clean_description(record.use_for),
        not_for=clean_description(record.not_for),
    )


def clean_description(text: str) -> str:
    """Return a description of a tag as long as the codebook can hold."""
    return clean_characters(text)[:MAX_DESCRIPTION_LENGTH]
