"""What stands around a quotation: the rest of its sentence, the sentence before one that it begins, or its paragraph."""

from newsreader.text.language.sentences import split_sentences

SENTENCE_WINDOW = 280  # code points that are looked at on each side
PARAGRAPH_WINDOW = 2_000  # code points on each side, where the whole paragraph is shown
QUOTE_EDGE_LENGTH = 80  # code points of the quotation itself that tell where its sentence begins and ends


def get_sentence_before(before: str, exact: str) -> str:
    """Return what to read before the quotation, of the SENTENCE_WINDOW code points that stand there."""
    line = before.rpartition("\n")[2]
    starts = [start for start, _ in split_sentences(line + exact[:QUOTE_EDGE_LENGTH]) if start < len(line)]
    if not line.strip() or not starts:
        return ""
    is_cut = len(line) == SENTENCE_WINDOW and starts[-1] == 0
    return _mark_cut_start(line) if is_cut else line[starts[-1] :]


def get_sentence_after(exact: str, after: str) -> str:
    """Return what to read behind the quotation, of the SENTENCE_WINDOW code points that stand there."""
    line, edge = after.partition("\n")[0], exact[-QUOTE_EDGE_LENGTH:]
    ends = [end - len(edge) for _, end in split_sentences(edge + line) if end >= len(edge)]
    if not line.strip() or not ends:
        return ""
    is_cut = len(line) == SENTENCE_WINDOW and ends[0] == SENTENCE_WINDOW
    return _mark_cut_end(line) if is_cut else line[: ends[0]]


def get_paragraph_before(before: str) -> str:
    """Return its paragraph before the quotation, of the PARAGRAPH_WINDOW code points that stand there."""
    line = before.rpartition("\n")[2]
    return _mark_cut_start(line) if len(line) == PARAGRAPH_WINDOW else line


def get_paragraph_after(after: str) -> str:
    """Return its paragraph behind the quotation, of the PARAGRAPH_WINDOW code points that stand there."""
    line = after.partition("\n")[0]
    return _mark_cut_end(line) if len(line) == PARAGRAPH_WINDOW else line


def _mark_cut_start(line: str) -> str:
    """Return the line from its first whole word, behind an ellipsis."""
    return "… " + line[line.find(" ") + 1 :]


def _mark_cut_end(line: str) -> str:
    """Return the line up to its last whole word, and an ellipsis."""
    return (line.rpartition(" ")[0] or line) + " …"
