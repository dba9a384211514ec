"""The class names by which pages say what an element is, and the element that each becomes: a closed list."""

from typing import NamedTuple


class Role(NamedTuple):
    """The element that one of `tags` becomes where it has one of `names`; `class_name` is the class it keeps, if any."""

    tag: str
    class_name: str
    tags: str
    names: str


CREDIT_NAMES = "credit credits credit-line caption-credit image-credit media-credit photo-credit picture-credit"
FORMULA_NAMES = "formula equation math-display display-math"
NOTE_LIST_NAMES = "footnotes footnote-list endnotes wp-block-footnotes"
ROLES = [
    Role("blockquote", "pull", "blockquote aside figure div section p", "pull pullquote pull-quote wp-block-pullquote"),
    Role("footer", "", "footer div p", "attribution quote-attribution quote-author quote-source pullquote-attribution"),
    Role("aside", "correction", "aside div section p", "correction corrections correction-note clarification erratum"),
    Role("section", "notes", "section", "notes"),
    Role("section", "notes", "section div aside footer", NOTE_LIST_NAMES),
    Role("ol", "notes", "ol", NOTE_LIST_NAMES),
    Role("section", "post", "section", "post"),
    Role("section", "post", "section article div", "live-post live-entry liveblog-post liveblog-entry live-blog-post"),
    Role("span", "credit", "span small cite em strong i b", CREDIT_NAMES),
    *[Role(tag, "credit", tag, CREDIT_NAMES) for tag in ("p", "div")],
    *[Role(tag, "formula", tag, FORMULA_NAMES) for tag in ("p", "div")],
]
ROLES_BY_NAME = {(tag, name): role for role in ROLES for tag in role.tags.split() for name in role.names.split()}


def find_role_name(tag: str, class_names: str) -> str | None:
    """Return the first of an element's class names that gives it a role; "article__credit" counts as "credit"."""
    names = (name.rpartition("__")[2] for name in class_names.lower().split())
    return next((name for name in names if (tag, name) in ROLES_BY_NAME), None)


def resolve_role(tag: str, class_names: str) -> tuple[str, str]:
    """Return the tag and the class of what an element becomes; the tag itself and no class where it has no role."""
    role = ROLES_BY_NAME.get((tag, find_role_name(tag, class_names) or ""))
    return (role.tag, role.class_name) if role else (tag, "")
