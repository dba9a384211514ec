"""Which tags and attributes are read, what they become, and what is dropped with all it holds."""


def words(text: str) -> frozenset[str]:
    """The words of `text` as a set."""
    return frozenset(text.split())


# What canonical HTML holds.
LINES = words("p h2 h3 h4 pre dt caption")  # only ever inline content
CONTAINERS = words("blockquote ul ol dl li dd table thead tbody tfoot tr td th")
INLINE = words("a strong em code sub sup s del ins u small q cite abbr bdi bdo ruby rt rp span")
VOID = words("br hr")

RENAMED = {
    **{"b": "strong", "i": "em", "dfn": "em", "var": "em", "strike": "s", "acronym": "abbr"},
    **{"tt": "code", "kbd": "code", "samp": "code", "h1": "h2", "h5": "h4", "h6": "h4", "menu": "ul", "dir": "ul"},
    "listing": "pre",
}
# Blocks that mean nothing here but a new line.
WRAPPERS = words(
    "p div section article main header footer nav aside figure figcaption form fieldset legend address center details "
    "summary hgroup dialog search hr"
)
READ = LINES | CONTAINERS | INLINE | VOID | WRAPPERS | frozenset(RENAMED)
DROPPED = words(
    "script style template noscript noembed noframes iframe object applet embed audio video canvas svg title textarea "
    "select button datalist annotation annotation-xml"
)

SCHEMES = words("http https mailto")
ATTRIBUTES = {
    **{tag: ["dir", "lang"] for tag in READ - VOID},
    **{tag: ["dir", "lang", "colspan", "rowspan"] for tag in ("td", "th")},
    "a": ["dir", "lang", "href"],
    "ol": ["dir", "lang", "start"],
}
