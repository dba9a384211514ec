"""The process that reads one image: `python -m newsreader.importing.sandbox.image_worker`. It has no settings and no database.

It writes a line of JSON, and after that the image as a WebP file of nothing but its pixels.
"""

import json
import sys
from importlib import import_module
from io import BytesIO
from typing import Any

from newsreader.importing.sandbox.resources import build_limits, limit_resources
from newsreader.text.translation import gettext_noop

MAX_CPU_SECONDS = 8
MAX_MEMORY_BYTES = 400_000_000  # bytes of address space
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
MAX_PIXELS = 30_000_000  # of the file, before any is decoded
MAX_WIDTH, MAX_HEIGHT = 1_600, 4_000  # pixels that are kept
MIN_SIDE = 48  # pixels
QUALITY = 80
UNREADABLE = gettext_noop("This file is not an image that can be shown.")
TOO_MANY_PIXELS = gettext_noop("This image has more than 30 million pixels.")
TOO_SMALL = gettext_noop("This image is too small to be one of the article.")
TOO_MUCH_MEMORY = gettext_noop("This image takes too much memory to read.")
Answer = tuple[dict[str, Any], bytes]


def main() -> None:
    """Read a file from standard input; write its size in pixels and the image, or the error."""
    pillow = import_module("PIL.Image"), import_module("PIL.ImageOps")
    limit_resources(build_limits(MAX_CPU_SECONDS, MAX_MEMORY_BYTES))
    header, image = read_image(sys.stdin.buffer.read(), *pillow)
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + image)


def read_image(file: bytes, pillow: Any, operations: Any) -> Answer:
    """Return `{"width", "height"}` and an image that is written anew, or `{"error": sentence}` in English."""
    try:
        image = pillow.open(BytesIO(file), formats=FORMATS)
        width, height = image.size
        if width * height > MAX_PIXELS:
            return {"error": TOO_MANY_PIXELS}, b""
        if min(width, height) < MIN_SIDE:
            return {"error": TOO_SMALL}, b""
        return write_anew(operations.exif_transpose(shrink(image)))
    except pillow.DecompressionBombError:
        return {"error": TOO_MANY_PIXELS}, b""
    except MemoryError:
        return {"error": TOO_MUCH_MEMORY}, b""
    except Exception:  # whatever a decoder stumbles over
        return {"error": UNREADABLE}, b""


def shrink(image: Any) -> Any:
    """Return the first frame of an image, decoded, no larger than it is kept."""
    image.draft("RGB", (MAX_WIDTH, MAX_WIDTH))
    image.load()
    if image.mode not in {"RGB", "RGBA"}:
        has_alpha = "transparency" in image.info or image.mode in {"LA", "PA"}
        image, exif = image.convert("RGBA" if has_alpha else "RGB"), image.getexif()
        image.info = {"exif": exif.tobytes()} if exif else {}
    image.thumbnail((MAX_WIDTH, MAX_HEIGHT))
    return image


def write_anew(image: Any) -> Answer:
    """Return an image as a file without metadata, profiles and further frames."""
    image.info = {}
    output = BytesIO()
    image.save(output, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return {"width": image.width, "height": image.height}, output.getvalue()


if __name__ == "__main__":
    main()
