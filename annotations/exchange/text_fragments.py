"""Links to words on another site's page: text fragments, `#:~:text=[prefix-,]start[,end][,-suffix]`."""

import re
from urllib.parse import quote, urlsplit

MAX_WHOLE_LENGTH = 300  # code points that a browser looks for as they are
MAX_END_WORDS = 8  # at either end of a longer quotation
MAX_END_LENGTH = 80  # code points in which those words are
CONTEXT_WORDS = 4  # of what stands before and behind
COLLAPSIBLE_SPACE = re.compile("[ \t\f\r]+")  # what browsers fold; a line break is the edge of a block
# Scripts in which words are not set apart by spaces, and the marks after which one surely begins.
UNSPACED_SCRIPT = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
UNSPACED_PUNCTUATION = re.compile("[、。，．；：！？」』）]")
FIRST_WORD, LAST_WORD = re.compile(r"\w*"), re.compile(r"\w*\Z")


def link_to_words(address: str, words: str, before: str = "", behind: str = "", *, common: bool = False) -> str:
    """Return the address with a fragment that finds these words; empty where it is none of the web, or there are no words.

    `before` and `behind` are what stands around the words: an end inside a word is moved to that word's end. Where the
    words are `common`, and stand on the page more than once, the nearest words around them are looked for too.
    """
    blocks = split_blocks(widen_to_words(words, before, behind))
    if not blocks or not is_web_address(address):
        return ""
    text = ",".join(map(percent_encode, choose_ends(blocks)))
    if common:
        text = f"{make_prefix(words, before)}{text}{make_suffix(words, behind)}"
    page, _, anchor = address.partition("#")
    return f"{page}#{anchor.partition(':~:')[0]}:~:text={text}"


def is_web_address(address: str) -> bool:
    """Return whether the address is one of http or https with a host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def widen_to_words(words: str, before: str, behind: str) -> str:
    """Return the words with the rest of the first and of the last one, since browsers find whole words only."""
    return get_rest_before(words, before) + words + get_rest_behind(words, behind)


def get_rest_before(words: str, before: str) -> str:
    """Return the part of the first word that stands before the words; empty where they begin with a whole one."""
    return match_word(LAST_WORD, before) if is_within_word(before[-1:], words[:1]) else ""


def get_rest_behind(words: str, behind: str) -> str:
    """Return the part of the last word that stands behind the words; empty where they end with a whole one."""
    return match_word(FIRST_WORD, behind) if is_within_word(words[-1:], behind[:1]) else ""


def match_word(pattern: re.Pattern[str], text: str) -> str:
    """Return the first match in the text; empty where there is none."""
    match = pattern.search(text)
    return match[0] if match else ""


def is_within_word(left: str, right: str) -> bool:
    """Return whether no word ends between these two characters."""
    return bool(re.fullmatch(r"\w\w", left + right)) and not UNSPACED_SCRIPT.search(left + right)


def split_blocks(words: str) -> list[str]:
    """Return what stands in each block, with single spaces; blocks without words are left out."""
    parts = (COLLAPSIBLE_SPACE.sub(" ", part).strip(" ") for part in re.split("[\n\u2028\u2029]", words))
    return list(filter(None, parts))


def choose_ends(blocks: list[str]) -> list[str]:
    """Return the words as a whole, or the first and the last of them where they are many or stand in several blocks."""
    if len(blocks) == 1 and len(blocks[0]) <= MAX_WHOLE_LENGTH:
        return blocks
    return [cut_first_words(blocks[0]), cut_last_words(blocks[-1])]


def cut_first_words(block: str) -> str:
    """Return the first words of a block."""
    words = " ".join(block.split(" ")[:MAX_END_WORDS])
    if len(words) <= MAX_END_LENGTH:
        return words
    ends = [match.end() for match in re.finditer(r"(?= )", words[: MAX_END_LENGTH + 1])]
    ends += [match.end() for match in UNSPACED_PUNCTUATION.finditer(words[:MAX_END_LENGTH])]
    return words[: max(ends, default=MAX_END_LENGTH)]


def cut_last_words(block: str) -> str:
    """Return the last words of a block."""
    words = " ".join(block.split(" ")[-MAX_END_WORDS:])
    if len(words) <= MAX_END_LENGTH:
        return words
    tail = words[-MAX_END_LENGTH:]
    starts = [match.end() for match in re.finditer(f" |{UNSPACED_PUNCTUATION.pattern}", tail[:-1])]
    return tail[min(starts, default=0) :]


def make_prefix(words: str, before: str) -> str:
    """Return the nearest whole words before, as `prefix-,`; empty where there are none."""
    rest = len(get_rest_before(words, before))
    *others, block = ["", *split_blocks(before[: len(before) - rest])]
    context = block.split(" ")[not others[1:] :]  # the first word of all may be cut off
    return f"{percent_encode(' '.join(context[-CONTEXT_WORDS:]))}-," if any(context) else ""


def make_suffix(words: str, behind: str) -> str:
    """Return the nearest whole words behind, as `,-suffix`; empty where there are none."""
    rest = len(get_rest_behind(words, behind))
    block, *others = [*split_blocks(behind[rest:]), ""]
    context = block.split(" ") if others[1:] else block.split(" ")[:-1]  # the last word of all may be cut off
    return f",-{percent_encode(' '.join(context[:CONTEXT_WORDS]))}" if any(context) else ""


def percent_encode(words: str) -> str:
    """Return the words percent-encoded, with the hyphen too, which tells the parts apart."""
    return quote(words, safe="", errors="ignore").replace("-", "%2D")
