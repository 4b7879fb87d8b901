"""Pictures and papers as people give them, and as somebody who means harm would."""

import io
import struct
import zlib

from PIL import Image

MARK = "Kuhmo-kotiovi"  # stands in what a picture tells besides itself


def jpeg(*, width: int = 64, height: int = 48, turned: int = 0, tells: bool = True) -> bytes:
    """With the place, the day and the camera in it, as a phone writes them."""
    exif = Image.Exif()
    if tells:
        exif[0x010F], exif[0x0132] = MARK, "2026:03:31 09:15:00"
        exif.get_ifd(0x8825).update({1: "N", 2: (64.0, 7.0, 30.0), 3: "E", 4: (29.0, 31.0, 12.0)})
    if turned:
        exif[0x0112] = turned
    return _saved("JPEG", width, height, exif=exif.tobytes() if len(exif) or tells else b"", comment=MARK.encode())


def png(*, width: int = 64, height: int = 48) -> bytes:
    """With a text in it, as a phone's picture of its screen has."""
    plain = _saved("PNG", width, height)
    return plain[:33] + chunk(b"tEXt", b"Location\x00" + MARK.encode()) + plain[33:]


def pdf(*, says: bytes = b"") -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        + says
        + b"\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
    )


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def large(size: int) -> bytes:
    """A sound picture of that many bytes: what its maker put into it makes it long."""
    plain = jpeg(tells=False)
    parts = b"".join(
        b"\xff\xe2" + struct.pack(">H", 65_535) + b"ICC_PROFILE\x00" + bytes(65_521) for _ in range(size // 65_537)
    )
    return plain[:2] + parts + plain[2:]


def _saved(kind: str, width: int, height: int, **options: object) -> bytes:
    picture = Image.effect_noise((width, height), 60).convert("RGB")
    held = io.BytesIO()
    picture.save(held, kind, **options)
    return held.getvalue()
