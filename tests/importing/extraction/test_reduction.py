import time

import pytest

from cases import each
from newsreader.importing.extraction.reduction import reduce_page

DATA = "data:image/png;base64," + "A" * 2_000
LENGTH = 1_000_000


@each(
    ("html", "reduced"),
    [
        ("a<!-- b -->c<!-->d<!--->e<!-- f --!>g", "acdeg"),
        ("a<!-- b", "a"),
        ("a<script>b < c</script>d<SCRIPT src=e></script\n>f", "adf"),
        ("a<script>'<!-- b'</script>c<style>/* </p> */</style>d", "acd"),
        ("a<script data-a='>'>b</script>c", "ac"),
        ('<script type="application/ld+json">{"a": "<!-- b"}</script>', None),
        ("<title>How a <script> or a <!-- works</title><p>b", None),
        ("<p title=\"<script>\">a<p title='<!--'>b", None),
        ("a<svg viewBox='0 0 1 1'><title>Share</title><path/></svg>b", "ab"),
        ("a<svg class=icon />b<svg><path></svg>c", "a<svg class=icon />bc"),
        ("<svg><p>Words in a drawing that never ends</p>", None),
        (f"<img alt=b src='{DATA}'>", "<img alt=b src=''>".replace("''", '""')),
        (f"<p>{DATA}</p>", None),
        ("<scripture>a</scripture><stylesheet>b</stylesheet>", None),
        ("a < b > c, <, <", None),
    ],
)
def test_what_nobody_reads_is_left_out_and_nothing_else(html, reduced):
    assert reduce_page(html) == (html if reduced is None else reduced)


@pytest.mark.parametrize(
    "unit",
    ["<!-- ", "<script>", "<script ", "<svg>", "<svg><p>", '<a b="', "<a b='\"", "<a ", "<title>", "<", "<a b= "],
)
def test_a_megabyte_that_never_closes_is_read_in_linear_time(unit):
    started = time.process_time()
    reduce_page(unit * (LENGTH // len(unit)))
    assert time.process_time() - started < 3
