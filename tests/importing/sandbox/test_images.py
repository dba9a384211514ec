"""What becomes of the file of an image: pixels that are written anew, or a sentence."""

import sys
import time
from io import BytesIO

import pytest
from PIL import Image

from cases import each
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.sandbox.image_runner import read_image_safely
from newsreader.importing.sandbox.process import run_command
from pictures import SVG, make_bomb, make_frames, make_image

MANY_SECONDS = 10
PRINT_LIMIT = "import resource; print(resource.getrlimit(resource.RLIMIT_AS)[0])"


def test_an_image_becomes_a_webp_file_no_wider_than_is_kept():
    image = read_image_safely(make_image(size=(3200, 1000)))
    assert (image.width, image.height) == (1600, 500)
    kept = Image.open(BytesIO(image.file))
    assert (kept.format, kept.size) == ("WEBP", (1600, 500))


def test_metadata_are_dropped_once_they_have_turned_the_image():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x8825] = 6, "taken at home", {1: "N", 2: (59.0, 54.0, 0.0)}
    file = make_image(exif=exif, icc_profile=b"profile" * 99, comment=b"my camera")
    image = read_image_safely(file)
    kept = Image.open(BytesIO(image.file))
    assert b"taken at home" in file
    assert (image.width, image.height) == (500, 800)
    assert not kept.getexif() and "icc_profile" not in kept.info
    assert not any(words in image.file for words in (b"taken at home", b"profile", b"camera", b"EXIF", b"XMP"))


@each(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "1"), ("GIF", "P"), ("JPEG", "CMYK"), ("JPEG", "L"), ("WEBP", "RGB")],
)  # fmt: skip
def test_every_common_kind_is_read(kind, mode):
    assert read_image_safely(make_image(kind, mode=mode)).width == 800


@each(
    ("name", "file", "reason"),
    [
        ("a PNG of 60,000 x 60,000", make_bomb(), "30 million pixels"),
        ("a PNG of 9,000 x 9,000", make_bomb(9_000, 9_000), "30 million pixels"),
        ("half a PNG", make_image("PNG")[:900], "not an image"),
        ("half a JPEG", make_image()[:3_000], "not an image"),
        ("a drawing", SVG, "not an image"),
        ("a page", b"<html><body>Not found</body></html>", "not an image"),
        ("a TIFF", make_image("TIFF"), "not an image"),
        ("nothing", b"", "not an image"),
        ("a pixel to count readers", make_image("GIF", (1, 1)), "too small"),
        ("11 MB", bytes(11_000_000), "larger than 10 MB"),
    ],
)
def test_what_is_no_image_or_a_bomb_is_refused_in_time(name, file, reason):
    started = time.monotonic()
    with pytest.raises(ArticleImportError, match=reason):
        read_image_safely(file)
    assert time.monotonic() - started < MANY_SECONDS


def test_an_image_is_read_by_a_process_of_400_mb():
    program = f"from newsreader.importing.sandbox import image_worker; image_worker.main(); {PRINT_LIMIT}"
    assert run_command([sys.executable, "-c", program], make_image(), MANY_SECONDS).endswith(b"400000000\n")


def test_the_largest_image_is_read_in_time_and_within_memory():
    started = time.monotonic()
    assert read_image_safely(make_image("PNG", (6_000, 5_000), "RGBA", compress_level=1)).width == 1600
    assert time.monotonic() - started < MANY_SECONDS


def test_of_many_frames_the_first_is_kept():
    started = time.monotonic()
    image = read_image_safely(make_frames(600))
    assert (image.width, image.height, getattr(Image.open(BytesIO(image.file)), "n_frames", 1)) == (640, 480, 1)
    assert time.monotonic() - started < MANY_SECONDS
