"""Links that lead to words on somebody else's page: text fragments, `#:~:text=[prefix-,]start[,end][,-suffix]`."""

import re
from urllib.parse import quote, urlsplit

MAX_WHOLE_LENGTH = 300  # code points that a browser looks for as they are
MAX_END_WORDS = 8  # at either end of a longer quotation
MAX_END_LENGTH = 80  # code points in which those words are
CONTEXT_WORDS = 4  # words of what stands before and behind
COLLAPSIBLE_SPACE = re.compile("[ \t\f\r]+")  # what browsers fold; a line break is the edge of a block
# Scripts in which words are not set apart by spaces, and the marks after which one surely begins.
UNSPACED_SCRIPT = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
UNSPACED_PUNCTUATION = re.compile("[、。，．；：！？」』）]")


def link_to_words(address: str, words: str, before: str = "", behind: str = "", *, common: bool = False) -> str:
    """The address with a fragment that finds these words; empty where it is no address of the web, or there are no words.

    `before` and `behind` are what stands around the words: an end inside a word is moved to that word's end. Where the
    words are `common`, and stand on the page more than once, the nearest words around them are looked for too.
    """
    lines = split_blocks(widen_to_words(words, before, behind))
    if not lines or not is_web_address(address):
        return ""
    text = ",".join(map(percent_encode, choose_ends(lines)))
    if common:
        text = f"{make_prefix(words, before)}{text}{make_suffix(words, behind)}"
    page, _, anchor = address.partition("#")
    return f"{page}#{anchor.partition(':~:')[0]}:~:text={text}"


def is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def widen_to_words(words: str, before: str, behind: str) -> str:
    """The words with the rest of the first and of the last one, since browsers find whole words only."""
    first, last = re.search(r"\w*\Z", before)[0], re.match(r"\w*", behind)[0]
    first = first if is_within_word(first[-1:], words[:1]) else ""
    return first + words + (last if is_within_word(words[-1:], last[:1]) else "")


def is_within_word(left: str, right: str) -> bool:
    """Whether no word ends between these two signs."""
    return bool(re.fullmatch(r"\w\w", left + right)) and not UNSPACED_SCRIPT.search(left + right)


def split_blocks(words: str) -> list[str]:
    """What stands in each block, with single spaces."""
    return [
        line for part in re.split("[\n\u2028\u2029]", words) if (line := COLLAPSIBLE_SPACE.sub(" ", part).strip(" "))
    ]


def choose_ends(lines: list[str]) -> list[str]:
    """The words as a whole, or the first and the last of them where they are many or stand in several blocks."""
    whole = lines[0]
    if len(lines) == 1 and len(whole) <= MAX_WHOLE_LENGTH:
        return [whole]
    return [cut_first_words(whole), cut_last_words(lines[-1])]


def cut_first_words(line: str) -> str:
    """The first words of a line."""
    kept = " ".join(line.split(" ")[:MAX_END_WORDS])
    if len(kept) <= MAX_END_LENGTH:
        return kept
    cuts = [place.end() for place in re.finditer(r"(?= )", kept[: MAX_END_LENGTH + 1])]
    cuts += [place.end() for place in UNSPACED_PUNCTUATION.finditer(kept[:MAX_END_LENGTH])]
    return kept[: max(cuts, default=MAX_END_LENGTH)]


def cut_last_words(line: str) -> str:
    """The last words of a line."""
    kept = " ".join(line.split(" ")[-MAX_END_WORDS:])
    if len(kept) <= MAX_END_LENGTH:
        return kept
    tail = kept[-MAX_END_LENGTH:]
    cuts = [place.end() for place in re.finditer(f" |{UNSPACED_PUNCTUATION.pattern}", tail[:-1])]
    return tail[min(cuts, default=0) :]


def make_prefix(words: str, before: str) -> str:
    """The nearest whole words before, as `prefix-,`."""
    rest = len(re.search(r"\w*\Z", before)[0]) if is_within_word(before[-1:], words[:1]) else 0
    *others, near = ["", *split_blocks(before[: len(before) - rest])]
    known = near.split(" ")[not others[1:] :]  # the first word of all may be cut off
    return f"{percent_encode(' '.join(known[-CONTEXT_WORDS:]))}-," if any(known) else ""


def make_suffix(words: str, behind: str) -> str:
    """The nearest whole words behind, as `,-suffix`."""
    rest = len(re.match(r"\w*", behind)[0]) if is_within_word(words[-1:], behind[:1]) else 0
    near, *others = [*split_blocks(behind[rest:]), ""]
    known = near.split(" ") if others[1:] else near.split(" ")[:-1]
    return f",-{percent_encode(' '.join(known[:CONTEXT_WORDS]))}" if any(known) else ""


def percent_encode(words: str) -> str:
    """Percent-encoded, with the hyphen too, which tells the parts apart."""
    return quote(words, safe="", errors="ignore").replace("-", "%2D")
