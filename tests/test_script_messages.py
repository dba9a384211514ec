"""What scripts say comes from the server, where it is translated."""

import json
import re
from pathlib import Path

from lxml import html

from newsreader.script_messages import list_script_messages

FOLDER = Path(__file__).resolve().parent.parent / "static" / "js"
SCRIPTS = {path.name: path.read_text() for path in FOLDER.glob("*.js")}
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
NAME = re.compile(r'"(\w+)"')
LITERAL = re.compile(r'["`]([^"`\n]*)["`]')
SENTENCE = re.compile(r"^[A-Z][a-z]+(?:\W|$)|[a-z] [a-z ]+[.?:]$|^[¶“”]")
KEYS = {
    "Alt",
    "Backspace",
    "Control",
    "End",
    "Enter",
    "Escape",
    "Home",
    "Meta",
    "Page",
    "Shift",
}  # as browsers name them


def test_a_page_brings_every_message_that_its_scripts_name(visitor):
    page = html.fromstring(visitor.get("/").content)
    messages = json.loads(page.get_element_by_id("messages").text)
    calls = [call for text in SCRIPTS.values() for call in re.findall(r"getMessage\(((?:[^()]|\([^()]*\))*)\)", text)]
    named = {name for call in calls for name in NAME.findall(call.partition("{")[0])}
    assert named == set(messages) == set(list_script_messages())


def test_a_script_holds_no_sentence_of_its_own():
    texts = {name: LITERAL.findall(COMMENT.sub("", text)) for name, text in SCRIPTS.items()}
    found = {name: [text for text in found if SENTENCE.search(text)] for name, found in texts.items()}
    assert {text for sentences in found.values() for text in sentences} - KEYS == set()
