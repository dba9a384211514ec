"""The interface and the documents use the terms of the field: phrases that were replaced do not come back."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ["templates", "annotations", "newsreader", "static/js", "docs"]
SUFFIXES = {".html", ".py", ".js", ".md", ".txt"}
REPLACED = (
    """
Take away|Take passages away|Take the project along|Take off
Bring in|Bring these in|brought in|bring highlights in
Leave it|See what it would do
program for figures|What became of
Keep these settings|Lay out|laid out|Keep it|Not kept
Nothing tagged here|is like that|How to ask|Show these
Begin a project|Begin it|Work in it|You work in it
Nobody here is called|Set the role
all that wait|Keep on the new words|Let it go|It stands there now|Let go
Its ends|a word back|a word on|a sentence back|a sentence on
Present password|The new password again|Keep the new password|Forgotten the password
Name or mail address|This page is not for you|This is not yours to do
Give it in one of three ways|Where the page does not say it right|Empty lines part
Letters and signs|What it keeps of you|enough around it to be fair
passed over|Somebody else|whoever runs|this copy of Newsreader
Look into your mail|used up|Make an account|made by hand|Begin with a definition|What they mean
takes away|took away|taken along|bringing in|brings in|laid on a desk|Lay it on|Kept under a name|kept under a name
on the way in|only doors|worked out|With a finger|These keys|seeks a place|Send the note|ways of data
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
REPLACED_IN_DOCUMENTS = (
    """
what became of|What becomes of|take away|taken away|brought in|let it go|let go|that says so|stands there|stand there
of its own|of their own|of our own|by hand|anew|whoever|Whoever|anybody|Anybody|somebody|in doubt|for ever
expression of tags|expressions of tags|Expressions of tags|small letters|so many sentences|begin so|on words that also
the verbs that|to dodge|the head of each page|pass them over|goes out|as they like|Not released yet
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "docs/**/*.md",
    "templates/newsreader/*help*.html",
]
LEGENDS = ["Paper", "Letter", "Legible", "Measure"]


def list_files() -> list[Path]:
    """Return the files with words that people read."""
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES]
    return [path for path in files if "migrations" not in path.parts] + [ROOT / "README.md"]


def list_documents() -> list[Path]:
    """Return the documents and the help."""
    return [path for pattern in DOCUMENTS for path in ROOT.glob(pattern)]


def find_phrases(phrases: list[str], files: list[Path]) -> list[str]:
    """Return each file with each of the phrases in it, also across lines; released parts of the changelog are left out."""
    words = "|".join(r"\s+".join(map(re.escape, each.split())) for each in phrases)
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    texts = {path: path.read_text(errors="replace").partition("\n## 0.1.0\n")[0] for path in files}
    return [f"{path.relative_to(ROOT)}: {match[0]}" for path, text in texts.items() for match in pattern.finditer(text)]


def test_replaced_phrases_are_nowhere() -> None:
    assert find_phrases(REPLACED, list_files()) == []


def test_replaced_phrases_are_in_no_document() -> None:
    assert find_phrases(REPLACED + REPLACED_IN_DOCUMENTS, list_documents()) == []


def test_settings_have_the_names_that_everyone_knows() -> None:
    template = (ROOT / "templates/_reading_preferences.html").read_text() + (
        ROOT / "newsreader/models/reading.py"
    ).read_text()
    assert [name for name in LEGENDS if re.search(rf">{name}<|\"{name}\"", template)] == []
