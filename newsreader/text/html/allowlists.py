"""The tags and attributes that are allowed, what some are replaced by, and which are dropped with all they contain."""


def split_set(text: str) -> frozenset[str]:
    """Return the words of `text`, which are separated by spaces, as a set."""
    return frozenset(text.split())


# The tags of canonical HTML.
LINE_TAGS = split_set("p h2 h3 h4 pre dt caption")  # only ever inline content
CONTAINER_TAGS = split_set(
    "blockquote footer ul ol dl li dd table thead tbody tfoot tr td th figure figcaption aside section"
)
INLINE_TAGS = split_set("a strong em code sub sup s del ins u small q cite abbr bdi bdo ruby rt rp span time")
VOID_TAGS = split_set("br hr")
IMAGE_TAG = "img"  # in a figure; never text, and drawn only where the site keeps the image

TAG_REPLACEMENTS = {
    **{"b": "strong", "i": "em", "dfn": "em", "var": "em", "strike": "s", "acronym": "abbr"},
    **{"tt": "code", "kbd": "code", "samp": "code", "h1": "h2", "h5": "h4", "h6": "h4", "menu": "ul", "dir": "ul"},
    "listing": "pre",
}
# Blocks that only start a new line, save where TreeBuilder.is_wrapper finds a meaning in them.
WRAPPER_TAGS = split_set(
    "p div section article main header footer nav aside figcaption form fieldset legend address center details "
    "summary hgroup dialog search hr"
)
ALLOWED_TAGS = LINE_TAGS | CONTAINER_TAGS | INLINE_TAGS | VOID_TAGS | WRAPPER_TAGS | {IMAGE_TAG, *TAG_REPLACEMENTS}
DROPPED_TAGS = split_set(
    "script style template noscript noembed noframes iframe object applet embed audio video canvas svg title textarea "
    "select button datalist annotation annotation-xml"
)

URL_SCHEMES = split_set("http https mailto")
# What the engines let pass; attributes.py checks the values, and no class or id stays what the page made it.
COMMON_ATTRIBUTES = ["class", "dir", "id", "lang"]
OWN_ATTRIBUTES = {
    "a": ["href", "name"],
    "abbr": ["title"],
    "acronym": ["title"],
    "li": ["value"],
    "ol": ["reversed", "start"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
    "time": ["datetime"],
}
ALLOWED_ATTRIBUTES = {
    tag: COMMON_ATTRIBUTES + OWN_ATTRIBUTES.get(tag, []) for tag in ALLOWED_TAGS - VOID_TAGS - {IMAGE_TAG}
}
ALLOWED_ATTRIBUTES[IMAGE_TAG] = ["alt", "data-src", "height", "src", "width"]
