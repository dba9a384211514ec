"""Reads the one language in which people ask, in the search box and in expressions of tags alike.

    ferry harbour, ferry AND harbour      both
    "night ferry"   ferr*                 these words side by side; words that begin so
    ferry NOT strike, ferry -strike       the first without the second
    ferry OR train, ferry | train         one of them
    source:quay   tag:"red line"          a field with its value
    tag:positions*                        a tag, or one of those below it in the codebook
    tag:"red line" OVERLAPPING tag:cost   passages with the first on words that carry the second, too
    tag:"red line" WITHIN 2 SENTENCES tag:cost   with at most so many sentences between them; 0 is the same sentence
    (ferry OR train) strike               parentheses group

OVERLAPPING and WITHIN bind least, then OR, then AND, then NOT. Operators are in capitals. Where bare words are the name of a tag
(`bare="tag"`), a name goes on up to the next operator, operators are read in any case (`but` is AND), and - and | belong to names.

No query is an error: what has no meaning is ignored, and a message says so.
"""

from functools import lru_cache

from newsreader.search.ast import NOTHING, And, Node, Query, Tag, Word, join
from newsreader.search.fields import FIELDS, explain_unknown, read_field
from newsreader.search.grammar import Parser
from newsreader.search.tokens import BARE_TAGS, LIBRARY, PASSAGES, Token
from newsreader.text.language.analyzer import extract_words, split_words
from newsreader.text.translation import get_language, gettext_noop
from newsreader.text.translation import gettext as _

# What is reported, by the names that the grammar has for it.
IN_SEARCH = {
    "characters": gettext_noop("A search has %(number)s characters at most; the rest was ignored."),
    "terms": gettext_noop("A search has %(number)s words at most; the rest was ignored."),
    "depth": gettext_noop("Parentheses can be nested %(number)s deep; deeper ones were ignored."),
    "open": gettext_noop("A “(” is not closed; it was taken to close at the end."),
    "stray": gettext_noop("Ignored: a “)” without “(”."),
    "quote": gettext_noop("A quotation mark is not closed; it was taken to close at the end."),
    "OR": gettext_noop("Ignored: OR needs a term on both sides."),
    "NOT": gettext_noop("Ignored: NOT needs a term after it."),
    "sentences": gettext_noop("WITHIN allows at most %(number)s sentences, so %(number)s was used."),
}
MISSING_TAG = gettext_noop("A tag is missing. Example: “red line and condition”.")
IN_BARE_TAGS = {
    "characters": gettext_noop("An expression can have at most %(number)s characters."),
    "terms": gettext_noop("An expression can name at most %(number)s tags."),
    "depth": gettext_noop("Parentheses are nested too deeply."),
    "open": gettext_noop("A parenthesis is not closed."),
    "stray": gettext_noop("There is an extra “%(sign)s”."),
    "quote": "",
    **dict.fromkeys(("OR", "NOT"), MISSING_TAG),
    "sentences": gettext_noop("Enter a number of sentences up to %(number)s: “red line within 2 sentences of cost”."),
}


def parse(text: str, fields: frozenset[str] = frozenset(FIELDS), *, bare: str = "", relations: bool = False) -> Query:
    """Return the query that a text means.

    `fields` are those of the FIELDS that make sense where it is asked, `relations` says whether OVERLAPPING and WITHIN do; with
    `bare` "tag" bare words are names of tags.
    """
    return parse_in(get_language(), text, fields, bare, relations)


@lru_cache(maxsize=256)
def parse_in(language: str, text: str, fields: frozenset[str], bare: str, relations: bool) -> Query:
    """Return the query that a text means, with its problems in this language, which is the one of the moment."""
    if bare == "tag":
        return TagParser(text).read_query()
    return SearchParser(text, fields, relations).read_query()


class SearchParser(Parser):
    """Bare words are search words, all of them required; what is wrong is ignored."""

    def __init__(self, text: str, fields: frozenset[str], relations: bool) -> None:
        super().__init__(text, PASSAGES if relations else LIBRARY, IN_SEARCH)
        self.fields, self.relations = fields, relations

    def goes_on(self) -> bool:
        """Return whether anything but the end of a sequence follows."""
        return not self.at("end", "OR", ")", "OVERLAPPING", "WITHIN")

    def has_term(self) -> bool:
        """Return whether anything follows that may be a word."""
        return not self.at("end", "OR", ")")

    def miss_term(self, was_negated: bool) -> None:
        """Report a NOT before nothing; an empty search is none."""
        if was_negated:
            self.report("NOT")

    def read_part(self, depth: int) -> Node:
        """Read a part behind any ANDs that stand before it."""
        while self.at("AND"):
            self.take()
        return super().read_part(depth)

    def read_term(self) -> Node:
        """Read a field, a phrase or a word."""
        if self.at("field"):
            return self.read_field(self.take().value)
        if self.at("quote"):
            return self.read_phrase(self.read_quote())
        return self.read_words(self.raw(self.take()))

    def read_lone(self, operator: Token) -> Node:
        """Return the operator as words."""
        return self.read_words(self.raw(operator))

    def read_phrase(self, text: str) -> Node:
        """Return the words of a text side by side."""
        terms = tuple(extract_words(text))
        if not terms:
            self.add_problem(_("Ignored: an empty phrase."))
        return Word(terms) if terms else NOTHING

    def read_words(self, text: str) -> Node:
        """Return the words of a text, all of them wanted."""
        return join(And, [self.read_word(word) for word in text.split()])

    def read_word(self, text: str) -> Node:
        """Return a word, or the beginning of words."""
        parts, terms = split_words(text), tuple(extract_words(text))
        if not terms:
            self.add_problem(_("Ignored: “%(text)s” has no letters or digits.") % {"text": text[:40]})
            return NOTHING
        self.explain_relation(text)
        is_prefix = self.check_prefix(text, terms)
        return Word(terms, parts[0] if len(terms) == 1 and not is_prefix else "", is_prefix)

    def check_prefix(self, text: str, terms: tuple[str, ...]) -> bool:
        """Return whether a word is the beginning of words, and report a * that cannot be meant."""
        is_prefix = text.endswith("*") and not text.startswith("*")
        if is_prefix and len(terms) == 1 and len(terms[0]) < 2:
            message = _("“%(text)s” matches too much. Enter at least two letters before the *.")
            self.add_problem(message % {"text": text[:40]})
            return False
        if "*" in text.rstrip("*"):
            self.add_problem(_("A * works only at the end of a word and was ignored elsewhere."))
        return is_prefix

    def explain_relation(self, word: str) -> None:
        """Report an operator that stands where it can be no more than a word."""
        if word not in ("OVERLAPPING", "WITHIN"):
            return
        if not self.relations:
            message = _("%(operator)s works for passages only; it was searched as a word.")
            self.add_problem(message % {"operator": word})
        elif word == "OVERLAPPING":
            self.add_problem(_("OVERLAPPING needs a term on both sides; it was searched as a word."))
        else:
            self.add_problem(
                _("WITHIN is used as in “tag:cost WITHIN 2 SENTENCES tag:war”; it was searched as a word.")
            )

    def read_field(self, name: str) -> Node:
        """Read the value of a field; words where there is no such field."""
        if self.at("end"):
            return NOTHING
        if name not in self.fields:
            return self.read_unknown(name, self.read_value()[0])
        node = self.read_tag_field() if name == "tag" else read_field(name, self.read_value()[0])
        if node == NOTHING:
            self.add_problem(_("“%(name)s:” needs a word after it.") % {"name": name})
        if isinstance(node, str):
            self.add_problem(node)
            return NOTHING
        return node

    def read_unknown(self, name: str, text: str) -> Node:
        """Return a field that there is not, as words."""
        if not text.startswith("//"):
            self.add_problem(explain_unknown(name, self.fields))
        return self.read_phrase(f"{name} {text}")


class TagParser(Parser):
    """Bare words are the name of a tag, and an operator stands between two of them."""

    def __init__(self, text: str) -> None:
        super().__init__(text, BARE_TAGS, IN_BARE_TAGS)

    def goes_on(self) -> bool:
        """Return whether an operator or a tag: follows."""
        return self.at("AND", "NOT", "field")

    def has_term(self) -> bool:
        """Return whether a name or a parenthesis follows."""
        return self.at("(", "quote", "word", "field")

    def miss_term(self, was_negated: bool) -> None:
        """Report that a tag is missing."""
        self.report("NOT")

    def read_term(self) -> Node:
        """Read one tag."""
        if self.at("field"):
            self.take()
            node = self.read_tag_field()
        else:
            node = self.read_name()
        if node == NOTHING:
            self.miss_term(False)
        return node

    def read_lone(self, operator: Token) -> Node:
        """Report that a tag is missing."""
        self.miss_term(False)
        return NOTHING

    def read_name(self) -> Node:
        """Read a name in quotation marks, or one that goes on up to the next operator or sign."""
        if self.at("quote"):
            name = " ".join(self.read_quote().split())
            with_children = self.skip_star(is_near=False)
        else:
            written = self.read_bare_words()
            name, with_children = written.removesuffix("*").strip(), written.endswith("*")
        return Tag(name, with_children) if name else NOTHING

    def read_bare_words(self) -> str:
        """Read words up to the next operator or sign."""
        start = self.take().start
        while self.at("word", "field"):
            self.take()
        return " ".join(self.text[start : self.place].split())
