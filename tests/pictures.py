"""Files of images, good and bad."""

import struct
import zlib
from io import BytesIO

from PIL import Image

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='900' height='600'><script>alert(1)</script></svg>"


def make_image(kind: str = "JPEG", size: tuple[int, int] = (800, 500), mode: str = "RGB", **options: object) -> bytes:
    """A file with a picture of some colours."""
    picture = Image.linear_gradient("L").resize(size).convert(mode)
    output = BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()


def make_frames(number: int) -> bytes:
    """An animated GIF."""
    frames = [Image.new("P", (640, 480), number % 251) for number in range(number)]
    output = BytesIO()
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:], duration=20)
    return output.getvalue()


def make_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of few bytes that says it has so many pixels, all of them black."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    rows = packer.compress(bytes(1 + (width + 7) // 8) * 500) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
