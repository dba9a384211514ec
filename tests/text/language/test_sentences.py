"""Where sentences begin and end, by Unicode's rules and past the usual abbreviations."""

from hypothesis import given
from hypothesis import strategies as st
from uniseg.sentencebreak import sentence_boundaries

from cases import each
from newsreader.text.language.sentences import split_sentences

CHARACTERS = "aabBZ12..!?。  ,;)“”(»「」本م\u0301\u200d"


def cut(text):
    return [text[start:end] for start, end in split_sentences(text)]


@each(
    "sentences",
    [
        ["One ends here.", "Another begins!", "Does a third?", "Yes…"],
        ["“We will go,” said Gen. Caine.", "Nobody moved."],
        ["The U.S. officials met Mr. Orsin and J. K. Falk of the U.S. Army.", "It rained."],
        ["They came back to the U.S.", "The army stayed."],
        ["Platform No. 7 opens on Nov. 18.", "No.", "Nobody knew."],
        ["It cost $3.5 million at 5 p.m. on Monday.", "See example.org for more."],
        ["He said: “Go.”", "“Why?”", "she asked."],
        ["Am 20. August fuhr Dr. Amend.", "Die Fähre lag fest."],
        ["M. Quint se tait.", "La Sra. Lugo ríe.", "¿Quién sube?", "Nadie."],
        ["他来了。", "“我们可以等。”", "船长说。", "「静かだ。」", "本当？"],
        ["الرقم صغير.", "هل وصل؟", "نعم."],
        ["“Ja.”", "(So it was.)", "Then “it” ended."],
        ["Wait... and see.", "So."],
    ],
)
def test_sentences_are_cut_where_a_reader_cuts_them(sentences):
    joint = "" if sentences[0] == "他来了。" else " "
    assert cut(joint.join(sentences)) == sentences


def test_no_sentence_crosses_a_line():
    assert cut("A headline\nA line, said Gen.\nCaine  \n\n  and more") == [
        "A headline",
        "A line, said Gen.",
        "Caine",
        "and more",
    ]


def test_a_text_of_space_has_no_sentences():
    assert split_sentences(" \n\t\u3000") == []


@given(text=st.text(alphabet=CHARACTERS + "\n\t-$é", max_size=40))
def test_sentences_are_trimmed_ordered_and_leave_only_space_between(text):
    spans = split_sentences(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(not text[end:start].strip() for end, start in zip(edges[::2], edges[1::2], strict=True))
    assert all("\n" not in text[start:end] for start, end in spans)


@given(text=st.text(alphabet=CHARACTERS, max_size=20))
def test_every_sentence_begins_where_unicode_breaks_the_text(text):
    breaks = {0, *sentence_boundaries(text)}
    for start, _ in split_sentences(text):
        # An opening quotation mark is moved to the sentence it opens; spaces before a sentence are cut off.
        begins = start + len(text[start:]) - len(text[start:].lstrip("“「("))
        assert breaks & set(range(len(text[:start].rstrip()), begins + 1))
