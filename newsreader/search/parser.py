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

Nothing that is written is an error: what cannot be meant is passed over, and told of in a sentence.
"""

from functools import lru_cache

from newsreader.search.ast import NOTHING, And, Node, Not, Or, Overlapping, Query, Tag, Within, Word, join
from newsreader.search.fields import FIELDS, explain_unknown, read_field
from newsreader.search.tokens import BARE_TAGS, LIBRARY, PASSAGES, Spelling, Token, read_tokens
from newsreader.text.language.analyzer import extract_words, split_words

MAX_CHARACTERS = 500
MAX_TERMS = 40  # words, phrases, tags and fields
MAX_DEPTH = 20  # parentheses within parentheses
MAX_SENTENCES = 50

IN_SEARCH = {
    "characters": f"A search has {MAX_CHARACTERS} characters at most; the rest was passed over.",
    "terms": f"A search has {MAX_TERMS} words at most; the rest was passed over.",
    "depth": f"Parentheses may stand {MAX_DEPTH} deep; deeper ones were passed over.",
    "open": "A “(” was never closed; it was taken to close at the end.",
    "stray": "A “)” closes nothing, so it was passed over.",
    "quote": "A quotation mark was never closed; it was taken to close at the end.",
    "OR": "OR stands between two things; where one is missing it was passed over.",
    "NOT": "“NOT” stands before a word; here none follows.",
    "sentences": f"There may be {MAX_SENTENCES} sentences between two passages at most, so {MAX_SENTENCES} were allowed.",
}
MISSING_TAG = "A tag is missing: write as in “red line and condition”."
IN_BARE_TAGS = {
    "characters": f"An expression may have {MAX_CHARACTERS} characters.",
    "terms": f"An expression may name {MAX_TERMS} tags.",
    "depth": "There are too many brackets within brackets.",
    "open": "A bracket is not closed.",
    "stray": "There is a “{}” too many.",
    "quote": "",
    **dict.fromkeys(("OR", "NOT"), MISSING_TAG),
    "sentences": f"Say within how many sentences, {MAX_SENTENCES} at most: “red line within 2 sentences of cost”.",
}


@lru_cache(maxsize=256)
def parse(text: str, fields: frozenset[str] = frozenset(FIELDS), *, bare: str = "", relations: bool = False) -> Query:
    """Return the query that a text means.

    `fields` are those of the FIELDS that make sense where it is asked, `relations` says whether OVERLAPPING and WITHIN do; with
    `bare` "tag" bare words are names of tags.
    """
    if bare == "tag":
        return TagParser(text).read_query()
    return SearchParser(text, fields, relations).read_query()


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

    def report(self, name: str, *values: str) -> None:
        """Note a problem by the name of its message."""
        self.add_problem(self.messages[name].format(*values))

    def add_problem(self, sentence: str) -> None:
        """Note a problem, once; an empty sentence says nothing."""
        if sentence:
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


class SearchParser(Parser):
    """Words are words: what stands side by side is wanted, and whatever is wrong is passed over."""

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
            self.add_problem("A phrase needs a word between its quotation marks.")
        return Word(terms) if terms else NOTHING

    def read_words(self, text: str) -> Node:
        """Return the words of a text, all of them wanted."""
        return join(And, [self.read_word(word) for word in text.split()])

    def read_word(self, text: str) -> Node:
        """Return a word, or the beginning of words."""
        parts, terms = split_words(text), tuple(extract_words(text))
        if not terms:
            self.add_problem(f"“{text[:40]}” has no letter and no digit, so it was passed over.")
            return NOTHING
        self.explain_relation(text)
        is_prefix = self.check_prefix(text, terms)
        return Word(terms, parts[0] if len(terms) == 1 and not is_prefix else "", is_prefix)

    def check_prefix(self, text: str, terms: tuple[str, ...]) -> bool:
        """Return whether a word is the beginning of words, and report a * that cannot be meant."""
        is_prefix = text.endswith("*") and not text.startswith("*")
        if is_prefix and len(terms) == 1 and len(terms[0]) < 2:
            self.add_problem(f"“{text[:40]}” would find too much. Write at least two letters before the *.")
            return False
        if "*" in text.rstrip("*"):
            self.add_problem("A * stands at the end of a word; elsewhere it was passed over.")
        return is_prefix

    def explain_relation(self, word: str) -> None:
        """Report an operator that stands where it can be no more than a word."""
        if word not in ("OVERLAPPING", "WITHIN"):
            return
        if not self.relations:
            self.add_problem(f"{word} is for passages, so here it was taken as a word.")
        elif word == "OVERLAPPING":
            self.add_problem("OVERLAPPING stands between two things, so here it was taken as a word.")
        else:
            self.add_problem(
                "WITHIN stands as in “tag:cost WITHIN 2 SENTENCES tag:war”, so here it was taken as a word."
            )

    def read_field(self, name: str) -> Node:
        """Read the value of a field; words where there is no such field."""
        if self.at("end"):
            return NOTHING
        if name not in self.fields:
            return self.read_unknown(name, self.read_value()[0])
        node = self.read_tag_field() if name == "tag" else read_field(name, self.read_value()[0])
        if node == NOTHING:
            self.add_problem("“tag:” needs a word after it.")
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
