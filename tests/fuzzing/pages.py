"""Changes of pages, as HTML and as MHTML, and of plain texts."""

import email
import json
import re
from email import policy
from random import Random

from fuzzing.mutations import MAX_BYTES, mutate_words
from fuzzing.trees import change_tree

TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+|<", re.DOTALL)
LINKED_DATA = re.compile(r"(<script type=.application/ld\+json.>)(.*?)(</script>)", re.DOTALL)
SNIPPETS = [
    *[
        "<table><tr><td>",
        "</article>",
        "<svg><desc>x</desc></svg>",
        "<template>y</template>",
        "<!-- ",
        "<![CDATA[",
        "<plaintext>",
    ],
    *[
        "<math><mi>x</mi></math>",
        "<ruby>漢<rt>kan</rt></ruby>",
        "<br>" * 40,
        "<div>" * 190,
        "<x-block>z</x-block>",
        "<p hidden>",
    ],
    *[
        "<select><option>1",
        "<iframe src=x>",
        "<base href='https://[bad'>",
        "<meta charset=utf-16>",
        "<noscript>",
        "&#x1F6A2;",
        "</p>",
    ],
    *[
        "<li value='-99999999999'>",
        "<a href='#what'>",
        "<img src=x onerror=y>",
        "<math><style><img>",
        "<form><input><math>",
    ],
]
TAGS = "p div span section article aside h1 li ul td figure script style x-y blockquote details button main".split()


def mutate_html(chance: Random, data: bytes) -> bytes:
    """The page with some of its tags, attributes and words changed, or what its metadata says."""
    text = data.decode("utf-8", "replace")
    if chance.random() < 0.2:
        return LINKED_DATA.sub(lambda match: match[1] + change_linked_data(chance, match[2]) + match[3], text).encode(
            "utf-8", "ignore"
        )
    tokens = TOKEN.findall(text)
    for _ in range(chance.choice([1, 2, 4, 12])):
        change_tokens(chance, tokens)
    page = "".join(tokens)[:MAX_BYTES]
    return page.encode(chance.choice(["utf-8"] * 9 + ["utf-16", "cp1252", "shift_jis"]), "ignore")


def change_linked_data(chance: Random, words: str) -> str:
    """Other linked data of a page."""
    try:
        tree = json.loads(words)
    except ValueError:
        return mutate_words(chance, words)
    for _ in range(3):
        change_tree(chance, tree)
    return json.dumps(tree)


def change_tokens(chance: Random, tokens: list[str]) -> None:
    """Change one tag of a page, or the words between two."""
    at = chance.randrange(len(tokens) or 1)
    token, change = (tokens[at] if tokens else ""), chance.randrange(7)
    if change == 0:
        tokens[at : at + chance.choice([1, 1, 5])] = []
    elif change == 1:
        tokens[at:at] = tokens[at : at + chance.choice([1, 2, 9])] * chance.choice([1, 1, 30])
    elif change == 2:
        tokens[at:at] = [chance.choice(SNIPPETS)]
    elif change == 3 and token.startswith("<"):
        tokens[at] = re.sub(r"^(</?)[\w-]+", lambda match: match[1] + chance.choice(TAGS), token)
    elif change == 4 and '"' in token:
        parts = token.split('"')
        parts[1] = mutate_words(chance, parts[1]).replace('"', "")
        tokens[at] = '"'.join(parts)
    elif change == 5:
        tokens.insert(chance.randint(0, len(tokens)), token)
        tokens[at : at + 1] = []
    else:
        tokens[at : at + 1] = [mutate_words(chance, token)]


def mutate_text(chance: Random, data: bytes) -> bytes:
    """The text with some of its paragraphs changed."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    lines = data.decode(encoding, "replace").split("\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        lines[at] = mutate_words(chance, lines[at])
    return "\n".join(lines).encode(encoding, "ignore")[:MAX_BYTES]


def mutate_mhtml(chance: Random, data: bytes) -> bytes:
    """The saved page with another page inside, or with other headers."""
    message = email.message_from_bytes(data, policy=policy.default)
    if chance.random() < 0.3:
        head, gap, body = data.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        at = chance.randrange(len(lines))
        lines[at] = mutate_words(chance, lines[at].decode()).encode("utf-8", "ignore")
        return b"\r\n".join(lines) + gap + body
    page = next(part for part in message.walk() if part.get_content_type() == "text/html")
    html = mutate_html(chance, page.get_content().encode()).decode("utf-8", "ignore")
    page.set_content(html, subtype="html", cte=chance.choice(["quoted-printable", "base64", "8bit"]))
    return message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")[:MAX_BYTES]
