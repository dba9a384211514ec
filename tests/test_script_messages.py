"""What scripts say comes from the server, where it is translated."""

import json
import re
from pathlib import Path

from lxml import html

from newsreader.script_messages import list_script_messages, render_module
from pseudo import pseudo_language, translate

FOLDER = Path(__file__).resolve().parent.parent / "static" / "js"
MESSAGES = FOLDER / "script-messages.js"  # what the other scripts say
SCRIPTS = {path.name: path.read_text() for path in FOLDER.glob("*.js") if path != MESSAGES}
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


def read_messages(client):
    """Return the elements with the messages that a page brings."""
    return html.fromstring(client.get("/").content).xpath("//script[@id='messages']")


def test_the_scripts_bring_every_message_that_they_name():
    assert MESSAGES.read_text() == render_module(), "out of date: make messages"
    calls = [call for text in SCRIPTS.values() for call in re.findall(r"getMessage\(((?:[^()]|\([^()]*\))*)\)", text)]
    named = {name for call in calls for name in NAME.findall(call.partition("{")[0])}
    assert named == set(list_script_messages())


def test_a_page_brings_the_messages_in_its_language_where_that_is_not_english(visitor):
    assert read_messages(visitor) == []
    with pseudo_language():
        (messages,) = read_messages(visitor)
        assert json.loads(messages.text) == list_script_messages()
        assert json.loads(messages.text)["copied"] == translate("Copied.")


def test_a_script_holds_no_sentence_of_its_own():
    texts = {name: LITERAL.findall(COMMENT.sub("", text)) for name, text in SCRIPTS.items()}
    found = {name: [text for text in found if SENTENCE.search(text)] for name, found in texts.items()}
    assert {text for sentences in found.values() for text in sentences} - KEYS == set()
