"""What stands around a quotation: the rest of its sentence, or the sentence before it where it begins one; or its paragraph."""

from newsreader.text.language.sentences import split_sentences

WINDOW = 280  # code points that are looked at on each side
PARAGRAPH = 2_000  # code points on each side, where the whole paragraph is shown
EDGE = 80  # code points of the quotation itself that tell where its sentence begins and ends


def leading(before: str, exact: str) -> str:
    """What to read before the quotation, of the WINDOW code points that stand there."""
    line = before.rpartition("\n")[2]
    starts = [start for start, _ in split_sentences(line + exact[:EDGE]) if start < len(line)]
    if not line.strip() or not starts:
        return ""
    cut = len(line) == WINDOW and starts[-1] == 0
    return "… " + line[line.find(" ") + 1 :] if cut else line[starts[-1] :]


def trailing(exact: str, after: str) -> str:
    """What to read behind the quotation, of the WINDOW code points that stand there."""
    line, edge = after.partition("\n")[0], exact[-EDGE:]
    ends = [end - len(edge) for _, end in split_sentences(edge + line) if end >= len(edge)]
    if not line.strip() or not ends:
        return ""
    cut = len(line) == WINDOW and ends[0] == WINDOW
    return (line.rpartition(" ")[0] or line) + " …" if cut else line[: ends[0]]


def above(before: str) -> str:
    """What its paragraph says before the quotation, of the PARAGRAPH code points that stand there."""
    line = before.rpartition("\n")[2]
    return "… " + line[line.find(" ") + 1 :] if len(line) == PARAGRAPH else line


def below(after: str) -> str:
    """What its paragraph says behind the quotation, of the PARAGRAPH code points that stand there."""
    line = after.partition("\n")[0]
    return (line.rpartition(" ")[0] or line) + " …" if len(line) == PARAGRAPH else line
