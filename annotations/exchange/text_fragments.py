"""Links that lead to words on somebody else's page: text fragments, `#:~:text=[prefix-,]start[,end][,-suffix]`."""

import re
from urllib.parse import quote, urlsplit

WHOLE = 300  # code points that a browser looks for as they are
WORDS = 8  # at either end of a longer quotation
NEAR = 80  # code points in which those words are
AROUND = 4  # words of what stands before and behind
SPACE = re.compile("[ \t\f\r]+")  # what browsers fold; a line break is the edge of a block
# Scripts in which words are not set apart by spaces, and the marks after which one surely begins.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
PAUSE = re.compile("[、。，．；：！？」』）]")


def link_to_words(address: str, words: str, before: str = "", behind: str = "", *, common: bool = False) -> str:
    """The address with a fragment that finds these words; empty where it is no address of the web, or there are no words.

    `before` and `behind` are what stands around the words: an end inside a word is moved to that word's end. Where the
    words are `common`, and stand on the page more than once, the nearest words around them are looked for too.
    """
    lines = lines_of(widened(words, before, behind))
    if not lines or not is_of_the_web(address):
        return ""
    text = ",".join(map(encoded, sides(lines)))
    if common:
        text = f"{preceding(words, before)}{text}{following(words, behind)}"
    page, _, anchor = address.partition("#")
    return f"{page}#{anchor.partition(':~:')[0]}:~:text={text}"


def is_of_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def widened(words: str, before: str, behind: str) -> str:
    """The words with the rest of the first and of the last one, since browsers find whole words only."""
    first, last = re.search(r"\w*\Z", before)[0], re.match(r"\w*", behind)[0]
    first = first if inside(first[-1:], words[:1]) else ""
    return first + words + (last if inside(words[-1:], last[:1]) else "")


def inside(left: str, right: str) -> bool:
    """Whether no word ends between these two signs."""
    return bool(re.fullmatch(r"\w\w", left + right)) and not UNSPACED.search(left + right)


def lines_of(words: str) -> list[str]:
    """What stands in each block, with single spaces."""
    return [line for part in re.split("[\n\u2028\u2029]", words) if (line := SPACE.sub(" ", part).strip(" "))]


def sides(lines: list[str]) -> list[str]:
    """The words as a whole, or the first and the last of them where they are many or stand in several blocks."""
    whole = lines[0]
    if len(lines) == 1 and len(whole) <= WHOLE:
        return [whole]
    return [opening(whole), closing(lines[-1])]


def opening(line: str) -> str:
    """The first words of a line."""
    kept = " ".join(line.split(" ")[:WORDS])
    if len(kept) <= NEAR:
        return kept
    cuts = [place.end() for place in re.finditer(r"(?= )", kept[: NEAR + 1])]
    cuts += [place.end() for place in PAUSE.finditer(kept[:NEAR])]
    return kept[: max(cuts, default=NEAR)]


def closing(line: str) -> str:
    """The last words of a line."""
    kept = " ".join(line.split(" ")[-WORDS:])
    if len(kept) <= NEAR:
        return kept
    tail = kept[-NEAR:]
    cuts = [place.end() for place in re.finditer(f" |{PAUSE.pattern}", tail[:-1])]
    return tail[min(cuts, default=0) :]


def preceding(words: str, before: str) -> str:
    """The nearest whole words before, as `prefix-,`."""
    rest = len(re.search(r"\w*\Z", before)[0]) if inside(before[-1:], words[:1]) else 0
    *others, near = ["", *lines_of(before[: len(before) - rest])]
    known = near.split(" ")[not others[1:] :]  # the first word of all may be cut off
    return f"{encoded(' '.join(known[-AROUND:]))}-," if any(known) else ""


def following(words: str, behind: str) -> str:
    """The nearest whole words behind, as `,-suffix`."""
    rest = len(re.match(r"\w*", behind)[0]) if inside(words[-1:], behind[:1]) else 0
    near, *others = [*lines_of(behind[rest:]), ""]
    known = near.split(" ") if others[1:] else near.split(" ")[:-1]
    return f",-{encoded(' '.join(known[:AROUND]))}" if any(known) else ""


def encoded(words: str) -> str:
    """Percent-encoded, with the hyphen too, which tells the parts apart."""
    return quote(words, safe="", errors="ignore").replace("-", "%2D")
