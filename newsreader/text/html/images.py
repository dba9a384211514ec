"""The images of canonical HTML: where they were published, and how those that the site keeps are drawn in their places."""

import re
from collections.abc import Mapping
from hashlib import sha256
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

from newsreader.text.html.serializer import escape_attribute
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

IMAGE = re.compile(r'<img (alt="[^"]*") data-src="([^"]*)">')
CAPTION_STARTS = ("\n<figcaption", '\n<p class="credit"')
NOT_SHOWN = gettext_noop("This image is not available here.")


class ShownImage(NamedTuple):
    """An image that this site serves: its address here, and its size in pixels; no address where it is missing."""

    address: str
    width: int = 0
    height: int = 0


NO_IMAGES: Mapping[str, ShownImage] = MappingProxyType({})


def list_image_addresses(html: str) -> list[str]:
    """Return where the images of canonical HTML were published, each address once, in the order of the text."""
    return list(dict.fromkeys(unescape(address) for _alt, address in IMAGE.findall(html) if address))


def compute_image_key(address: str) -> str:
    """Return the key of the image that was published at an address: 32 hex digits."""
    return sha256(address.encode()).hexdigest()[:32]


def draw_images(html: str, images: Mapping[str, ShownImage]) -> str:
    """Return canonical html with these images, by their keys, in their places.

    Of others nothing is drawn, but for a note over the caption of one that is known to be missing.
    """

    def draw(match: re.Match[str]) -> str:
        image = images.get(compute_image_key(unescape(match[2])))
        if image and image.address:
            return draw_image(match[1], image)
        return draw_note() if image and html.startswith(CAPTION_STARTS, match.end()) else ""

    return IMAGE.sub(draw, html)


def draw_image(alt: str, image: ShownImage) -> str:
    """Return the element of an image that is drawn; `alt` is the attribute."""
    size = f'width="{image.width}" height="{image.height}"'
    return f'<img {alt} src="{escape_attribute(image.address)}" {size} loading="lazy" decoding="async">'


def describe_images(html: str) -> str:
    """Return canonical html with the words of each image in its place, for where none is drawn."""

    def describe(match: re.Match[str]) -> str:
        alt = match[1].removeprefix('alt="').removesuffix('"')
        return f'<p class="unshown">{_("Image: %(words)s") % {"words": alt} if alt else _("Image")}</p>'

    return IMAGE.sub(describe, html)


def draw_note() -> str:
    """Return what says that an image is missing; a style sheet shows it, since it is no text of the article."""
    return f'<span class="unshown" data-note="{escape_attribute(_(NOT_SHOWN))}"></span>'
