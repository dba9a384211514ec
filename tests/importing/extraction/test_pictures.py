"""Which images of a page belong to its article, and where in its text they stand."""

import re

from cases import each
from importing.extraction.test_text import found

IMAGE = '<img src="/i/pier.jpg" alt="The pier" width="1200" height="800">'
FIGURE = '<figure><img alt="The pier" data-src="https://quay.example/i/pier.jpg">{}</figure>'


def placed(**parts: str) -> list[str]:
    """The article as a list of its paragraphs and figures; each image is its address."""
    html = re.sub(r'<img alt="[^"]*" data-src="https://quay.example/([^"]*)">', r"[\1]", found(**parts))
    return [re.sub("</?(?:p|figure)>", "", part) for part in re.split("(?<=</p>)(?=<)|(?<=</figure>)", html) if part]


@each(
    ("html", "figure"),
    [
        (f"<figure>{IMAGE}<figcaption>Fog. <small class=credit>Photo: A. Rud</small></figcaption></figure>",
         FIGURE.format('<figcaption>Fog. <span class="credit">Photo: A. Rud</span></figcaption>')),
        (f"<figure><div><picture>{IMAGE}</picture></div><div><figcaption>Fog.</figcaption></div></figure>",
         FIGURE.format("<figcaption>Fog.</figcaption>")),
        (f"<figure>{IMAGE}</figure>", FIGURE.format("")),
        (f"<p>{IMAGE}</p>", FIGURE.format("")),
        (f"<div class=x><div><a href=/i/large.jpg>{IMAGE}</a></div></div>", FIGURE.format("")),
        (f"<div><a href=/gallery/7 class=lightbox>{IMAGE}<div>The pier as it stood in May of this year.</div></a></div>",
         FIGURE.format("")),
        ('<p><img src="data:image/gif;base64,R0lGOD" data-src="/i/pier.jpg" alt="The pier"></p>', FIGURE.format("")),
        ('<img alt="The pier" src="/i/small.jpg" srcset="/i/tiny.jpg 320w, /i/pier.jpg 1600w, /i/huge.jpg 4000w">', FIGURE.format("")),
        ('<picture><source type="image/avif" srcset="/i/pier.avif 1600w"><source type="image/webp" srcset="/i/pier.jpg 900w">'
         '<img alt="The pier" src="/i/small.jpg"></picture>', FIGURE.format("")),
    ],
)  # fmt: skip
def test_an_image_stands_where_it_does_on_the_page_with_its_caption(html, figure):
    assert found(between=html) == f"<p>P0</p>{figure}<p>P1</p><p>P2</p><p>P3</p>"


@each(
    "html",
    [
        '<p><img src="/i/dot.gif" width="1" height="1"></p>',
        '<div class="author-box"><img class="avatar" src="/i/rud.jpg"><p>By Ane Rud</p></div>',
        f'<div><a href="/other-story">{IMAGE}</a></div>',
        f'<div><a href="/other-story">{IMAGE}<h3>Boats to be sold at the old market next week</h3></a></div>',
        f'<div class="ad-slot">{IMAGE}</div>',
        f"<nav>{IMAGE}</nav>",
        '<p><img src="data:image/png;base64,iVBORw0KGgo="></p>',
    ],
)
def test_signs_portraits_advertisements_and_teasers_are_no_images_of_the_article(html):
    assert "<img" not in found(between=html)


def test_images_after_the_end_and_before_the_headline_are_left_out():
    assert "<img" not in found(after=f"<div>{IMAGE}</div>", around=f"<p>{IMAGE}</p>{{}}")


def test_the_image_above_the_headline_is_that_of_the_article():
    assert placed(around=f"<figure>{IMAGE}</figure>{{}}") == ["[i/pier.jpg]", "P0", "P1", "P2", "P3"]


def test_an_image_that_stands_there_twice_is_kept_once_with_its_caption():
    figure = f"<figure>{IMAGE}<figcaption>Fog.</figcaption></figure>"
    assert placed(before=f"<p>{IMAGE}</p>", between=figure)[:2] == ["P0", "[i/pier.jpg]<figcaption>Fog.</figcaption>"]


def test_each_image_of_a_gallery_keeps_its_own_caption():
    figures = "".join(
        f"<figure><img src=/{name}.jpg><figcaption>{name}.</figcaption></figure>" for name in ("Fog", "Rain")
    )
    html = found(between=f"<figure class=gallery>{figures}</figure>")
    captions = re.findall(r'data-src="https://quay.example/(\w+).jpg"><figcaption>(\w+)\.', html)
    assert captions == [("Fog", "Fog"), ("Rain", "Rain")]
