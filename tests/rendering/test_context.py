from annotations.rendering.context import SENTENCE_WINDOW, get_sentence_after, get_sentence_before
from cases import each

TEXT = "A headline\nThe ferry was late. Nobody was told why. Two cranes fell on Monday, said the mayor. He left.\nNext."


def around(quote: str, text: str = TEXT) -> tuple[str, str]:
    start = text.index(quote)
    end = start + len(quote)
    before, after = text[max(0, start - SENTENCE_WINDOW) : start], text[end : end + SENTENCE_WINDOW]
    return get_sentence_before(before, quote), get_sentence_after(quote, after)


@each(
    ("quote", "lead", "trail"),
    [
        ("cranes fell", "Two ", " on Monday, said the mayor."),
        ("Two cranes fell", "Nobody was told why. ", " on Monday, said the mayor."),
        ("The ferry was late.", "", ""),
        ("A headline", "", ""),
        ("He left.\nNext", "Two cranes fell on Monday, said the mayor. ", "."),
        ("why. Two cranes", "Nobody was told ", " fell on Monday, said the mayor."),
    ],
)
def test_a_quotation_stands_in_its_sentence_or_behind_the_one_before(quote, lead, trail):
    assert around(quote) == (lead, trail)


def test_what_was_cut_off_says_so_and_begins_at_a_word():
    lead, trail = around("QUOTE", "word " * 200 + "QUOTE" + " word" * 200)
    assert lead.startswith("… word")
    assert trail.endswith("word …")
    assert len(lead) <= SENTENCE_WINDOW + 2


def test_a_text_without_spaces_is_cut_all_the_same():
    lead, trail = around("引用", "字" * 500 + "引用" + "字" * 500)
    assert lead == "… " + "字" * SENTENCE_WINDOW
    assert trail == "字" * SENTENCE_WINDOW + " …"


@each("quote", ["x", "🚢", "\u0301", ". ", "\n"])
def test_any_quotation_has_surroundings(quote):
    assert isinstance(around(quote, f"{quote}"), tuple)
