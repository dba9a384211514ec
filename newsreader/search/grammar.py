"""The grammar that search and expressions of tags share: relations, alternatives, sequences, negation and parentheses.

What a term is, and where one has to be, is for the parsers in `parser`.
"""

from newsreader.search.ast import NOTHING, And, Node, Not, Or, Overlapping, Query, Tag, Within, join
from newsreader.search.tokens import Spelling, Token, read_tokens
from newsreader.text.translation import gettext as _

MAX_CHARACTERS = 500
MAX_TERMS = 40  # words, phrases, tags and fields
MAX_DEPTH = 20  # parentheses within parentheses
MAX_SENTENCES = 50
LIMITS = {"characters": MAX_CHARACTERS, "terms": MAX_TERMS, "depth": MAX_DEPTH, "sentences": MAX_SENTENCES}


class Parser:
    """Goes through the tokens of a query once, from left to right; what a term is, and where one has to be, is its kinds' own."""

    def __init__(self, text: str, spelling: Spelling, messages: dict[str, str]) -> None:
        self.messages, self.terms_left = messages, MAX_TERMS
        self.problems: dict[str, None] = {}  # each once, in their order
        if len(text) > MAX_CHARACTERS:
            self.report("characters")
        self.text = text.replace("\0", " ")[:MAX_CHARACTERS]
        self.tokens = read_tokens(self.text, spelling)
        self.token = next(self.tokens)
        self.place = 0  # where the token that was taken last ends

    def report(self, name: str, sign: str = "") -> None:
        """Note a problem by the name of its message, which may have the `sign` in it, or the `number` that is the limit."""
        if message := self.messages[name]:
            self.add_problem(_(message) % {"sign": sign, "number": LIMITS.get(name)})

    def add_problem(self, sentence: str) -> None:
        """Note a problem, once."""
        self.problems[sentence] = None

    def at(self, *kinds: str) -> bool:
        """Return whether the next token is one of these kinds."""
        return self.token.kind in kinds

    def take(self) -> Token:
        """Return the token before which the parser stands, and go to the next one; there is one."""
        token, self.token = self.token, next(self.tokens)
        self.place = token.end
        return token

    def raw(self, token: Token) -> str:
        """Return what a token stands for, as it was written."""
        return self.text[token.start : token.end]

    def read_query(self) -> Query:
        """Read the whole text."""
        tree = self.read_relation(0)
        while not self.at("end"):
            self.report("stray", " ".join(self.take().value.split()))
            tree = join(And, [tree, self.read_relation(0)])
        return Query(tree, tuple(self.problems))

    def read_relation(self, depth: int) -> Node:
        """Read alternatives, and what they are to stand near."""
        tree = self.read_alternatives(depth)
        while self.at("OVERLAPPING", "WITHIN"):
            tree = self.read_related(tree, depth)
        return tree

    def read_related(self, left: Node, depth: int) -> Node:
        """Read a relation behind its left side."""
        operator = self.take()
        sentences = self.read_distance(operator.value) if operator.kind == "WITHIN" else 0
        right = self.read_alternatives(depth)
        if NOTHING in (left, right):
            return join(And, [left, self.read_lone(operator), right])
        return Within(left, right, sentences) if operator.kind == "WITHIN" else Overlapping(left, right)

    def read_distance(self, digits: str) -> int:
        """Return the number of sentences that these digits mean, MAX_SENTENCES at most."""
        if not digits or int(digits) > MAX_SENTENCES:
            self.report("sentences")
            return MAX_SENTENCES
        return int(digits)

    def read_alternatives(self, depth: int) -> Node:
        """Read what stands between ORs."""
        parts = [self.read_sequence(depth)]
        while self.at("OR"):
            self.take()
            parts.append(self.read_sequence(depth))
        if len(parts) > 1 and NOTHING in parts:
            self.report("OR")
        return join(Or, parts)

    def read_sequence(self, depth: int) -> Node:
        """Read what stands side by side or between ANDs."""
        parts = [self.read_part(depth)]
        while self.goes_on():
            if self.at("AND"):
                self.take()
            parts.append(self.read_part(depth))
        return join(And, parts)

    def read_part(self, depth: int) -> Node:
        """Read a term or what is in parentheses, wanted or not."""
        is_negative = was_negated = False
        while self.at("NOT"):
            self.take()
            is_negative, was_negated = not is_negative, True
        if not self.has_term():
            self.miss_term(was_negated)
            return NOTHING
        node = self.read_group(depth) if self.at("(") else self.read_counted_term()
        return Not(node) if is_negative and node != NOTHING else node

    def read_group(self, depth: int) -> Node:
        """Read what is in parentheses."""
        self.take()
        if depth >= MAX_DEPTH:
            self.report("depth")
            return NOTHING
        node = self.read_relation(depth + 1)
        if self.at(")"):
            self.take()
        else:
            self.report("open")
        return node

    def read_counted_term(self) -> Node:
        """Read one term, and pass it over where there are too many."""
        self.terms_left -= 1
        if self.terms_left == -1:
            self.report("terms")
        node = self.read_term()
        return node if self.terms_left >= 0 else NOTHING

    def read_quote(self) -> str:
        """Read what is in quotation marks."""
        quote = self.take()
        if not quote.is_closed:
            self.report("quote")
        return quote.value

    def read_value(self) -> tuple[str, bool]:
        """Read what stands right behind a field, such as all of en:GB or of 2026-11-19, and say whether it was in quotation marks."""
        if self.at("quote"):
            return self.read_quote(), True
        start = self.take().start
        while self.token.start == self.place and not (self.at("end", "(", ")", "quote") or self.at_bar()):
            self.take()
        return self.text[start : self.place], False

    def at_bar(self) -> bool:
        """Return whether the next token is a |."""
        return self.at("OR") and self.token.value == "|"

    def read_tag_field(self) -> Node:
        """Read the name behind `tag:`, in quotation marks or not; a * right behind it takes in the tags below."""
        name, is_quoted = self.read_value()
        with_children = self.skip_star() if is_quoted else name.endswith("*")
        name = " ".join((name if is_quoted else name.rstrip("*")).split())
        return Tag(name, with_children) if name else NOTHING

    def skip_star(self, is_near: bool = True) -> bool:
        """Go past a *, and say whether there was one; `is_near` where it has to stand right behind the token before."""
        is_star = self.at("word") and self.token.value == "*" and not (is_near and self.token.start > self.place)
        if is_star:
            self.take()
        return is_star

    def goes_on(self) -> bool:
        """Return whether another part stands beside the one before."""
        raise NotImplementedError

    def has_term(self) -> bool:
        """Return whether a term or a parenthesis begins here."""
        raise NotImplementedError

    def miss_term(self, was_negated: bool) -> None:
        """Report that none begins here, where that is worth a word."""
        raise NotImplementedError

    def read_term(self) -> Node:
        """Read one term; there is one."""
        raise NotImplementedError

    def read_lone(self, operator: Token) -> Node:
        """Read OVERLAPPING or WITHIN where one of the two things is missing."""
        raise NotImplementedError
