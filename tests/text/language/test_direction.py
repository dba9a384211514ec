"""Which way a text runs."""

from cases import each
from newsreader.text.language.direction import detect_direction


@each(
    ("language", "text", "expected"),
    [
        ("en", "The ferry waits.", "ltr"),
        ("", "", "ltr"),
        ("ar", "الميناء مغلق", "rtl"),
        ("he", "", "rtl"),
        ("fa-IR", "2026 — 7", "rtl"),
        ("az-Arab", "", "rtl"),
        ("ar-Latn", "", "ltr"),
        ("en", "الميناء مغلق حتى يوم Monday", "rtl"),
        ("ar", "A page in English that says it is Arabic", "ltr"),
        ("zh-CN", "渡口停航", "ltr"),
    ],
)
def test_a_text_runs_as_most_of_its_letters_do(language, text, expected):
    assert detect_direction(language, text) == expected
