"""What a file says, as a library keeps it."""

from annotations.exchange.bundle import ImportBundle
from annotations.exchange.record import HighlightRecord, TagRecord
from annotations.models.tag import clean_name
from newsreader.text.characters import clean_characters


def clean(parcel: ImportBundle) -> None:
    """Only characters that a text may hold, and tags named as the codebook names them."""
    parcel.records = [cleaned(record) for record in parcel.records]
    parcel.tags = [term._replace(**words(term), name=clean_name(clean_characters(term.name))) for term in parcel.tags]
    texts = parcel.texts.items()
    parcel.texts = {
        guid: text._replace(title=clean_characters(text.title), text=clean_characters(text.text))
        for guid, text in texts
    }


def cleaned(record: HighlightRecord) -> HighlightRecord:
    names = ("id", "source", "article", "title", "digest", "exact", "prefix", "suffix", "note", "creator")
    tags = dict.fromkeys(clean_name(clean_characters(name)) for name in record.tags[:200])
    texts = {name: clean_characters(getattr(record, name)) for name in names}
    return trimmed(record._replace(**texts, tags=tuple(filter(None, tags))))


def trimmed(record: HighlightRecord) -> HighlightRecord:
    """Without white space at the ends of the quote: it is no part of a passage, but may stand around one."""
    exact = record.exact.strip()
    lead = len(record.exact) - len(record.exact.lstrip())
    trail = record.exact[lead + len(exact) :]
    around = {"prefix": record.prefix + record.exact[:lead]} if record.prefix else {}
    around |= {"suffix": trail + record.suffix} if record.suffix else {}
    places = {} if record.start is None else {"start": record.start + lead, "end": record.start + lead + len(exact)}
    return record._replace(exact=exact, **around, **places)


def words(term: TagRecord) -> dict:
    return {name: clean_characters(getattr(term, name))[:4000] for name in ("definition", "use_for", "not_for")}
