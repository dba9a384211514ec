"""Bring what a file says into the form in which a library keeps it."""

from annotations.exchange.bundle import ImportBundle
from annotations.exchange.record import HighlightRecord, TagRecord
from annotations.models.tag import clean_name
from newsreader.text.characters import clean_characters

TEXT_FIELDS = ("id", "source", "article", "title", "digest", "exact", "prefix", "suffix", "note", "creator")
MAX_READ_TAGS = 200  # of one entry; the others are ignored
MAX_DESCRIPTION_LENGTH = 4000  # characters


def normalise_bundle(bundle: ImportBundle) -> None:
    """Leave only characters that a text may hold, and name tags as the codebook names them; the bundle is changed."""
    bundle.records = [normalise_record(record) for record in bundle.records]
    bundle.tags = [normalise_tag(record) for record in bundle.tags]
    bundle.texts = {
        guid: text._replace(title=clean_characters(text.title), text=clean_characters(text.text))
        for guid, text in bundle.texts.items()
    }


def normalise_record(record: HighlightRecord) -> HighlightRecord:
    """Return an entry with clean texts, tags that are each named once, and a trimmed quote."""
    tags = dict.fromkeys(clean_name(clean_characters(name)) for name in record.tags[:MAX_READ_TAGS])
    fields = record._asdict() | {name: clean_characters(getattr(record, name)) for name in TEXT_FIELDS}
    return trim_quote(HighlightRecord(**fields | {"tags": tuple(filter(None, tags))}))


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


def normalise_tag(record: TagRecord) -> TagRecord:
    """Return a tag with a clean name and clean descriptions."""
    return record._replace(
        name=clean_name(clean_characters(record.name)),
        definition=clean_description(record.definition),
        use_for=clean_description(record.use_for),
        not_for=clean_description(record.not_for),
    )


def clean_description(text: str) -> str:
    """Return a description of a tag as long as the codebook can hold."""
    return clean_characters(text)[:MAX_DESCRIPTION_LENGTH]
