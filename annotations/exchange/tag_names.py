"""Names of tags: each once in a codebook, where those of other programs repeat them in different branches."""

from newsreader.text.language.names import fold_name
from newsreader.text.translation import gettext_noop

NAMED_APART = gettext_noop("The tag “%(name)s” is imported as “%(new)s”, since another tag has its name.")
NAMED_APART_BELOW = gettext_noop(
    "The tag “%(name)s” below “%(parent)s” is imported as “%(new)s”, since another tag has its name."
)
UNTITLED = "Untitled"


class TagNames:
    """The names of one codebook, whatever their capitals; none is longer than `limit` code points, if there is one."""

    def __init__(self, limit: int | None = None) -> None:
        self.limit, self.taken = limit, set[str]()
        self.numbers: dict[str, int] = {}  # the last that was given to a name

    def take(self, name: str, parent: str = "") -> str:
        """Return the name, where it is taken with that of its parent before it, or else with a number, and take it."""
        candidates = [name or UNTITLED, f"{parent} > {name}" if parent and name else ""]
        free = next((words for words in candidates if words and self.is_free(words)), "")
        free = free or self.find_number(candidates[1] if self.fits(candidates[1]) else candidates[0])
        self.taken.add(fold_name(free))
        return free

    def is_free(self, name: str) -> bool:
        """Return whether no tag has the name, and it is short enough."""
        return self.fits(name) and fold_name(name) not in self.taken

    def fits(self, name: str) -> bool:
        """Return whether this is a name, and short enough."""
        return bool(name) and (self.limit is None or len(name) <= self.limit)

    def find_number(self, name: str) -> str:
        """Return the name with the first number that is free, shortened before it where it has to be."""
        while True:
            number = self.numbers[fold_name(name)] = self.numbers.get(fold_name(name), 1) + 1
            ending = f" {number}"
            numbered = name[: self.limit and self.limit - len(ending)].rstrip() + ending
            if fold_name(numbered) not in self.taken:
                return numbered
