"""Codebooks as tables: known by their columns, whatever stands between them."""

import pytest

from annotations.exchange.detect import read_bundle
from annotations.exchange.record import UnreadableFileError
from cases import each

TABLES = {
    "commas": "name,description\nx,What?\n",
    "semicolons": "Name;Description\nx;What?\n",
    "tabs and CRLF": "tag\tdescription\r\nx\tWhat?\r\n",
    "as Taguette writes it": "tag,description,number of highlights,number of documents\nx,What?,3,1\n",
    "empty lines before": "\r\n\r\npath,description\n x ,What?\n\n",
}


@each("name", TABLES)
def test_a_codebook_is_read_whatever_stands_between_its_columns(name):
    [tag] = read_bundle(TABLES[name].encode()).tags
    assert (tag.name, tag.definition) == ("x", "What?")


@each("text", ["", "\r+", "words", "name,tag\n", "name,value\nx,1\n", "a" * 200_000, "name" + ",x" * 200])
def test_other_tables_are_refused(text):
    with pytest.raises(UnreadableFileError):
        read_bundle(text.encode())


def test_parents_are_paths_names_or_missing():
    text = "name,parent\nA,\nx,A\nB,\nx,B\ny,A > x\nz,x\nlost,nowhere\n"
    bundle = read_bundle(text.encode())
    parents = {
        tag.name: next((other.name for other in bundle.tags if other.id == tag.parent), "") for tag in bundle.tags
    }
    assert parents == {"A": "", "x": "A", "B": "", "B > x": "B", "y": "x", "z": "x", "lost": ""}
    assert ["“B > x”" in notice.reason or "nowhere" in notice.reason for notice in bundle.notices] == [True, True]
