"""A JPEG or PNG without what it tells besides the picture: where and when it was taken, by which device, by whom.

The picture itself is copied byte for byte; nothing is drawn anew. What stands after the picture's end is left out, so
that no other file travels behind it. Each reads its file once, from the beginning to the end, and expands nothing.
"""

import re
import struct
import zlib

_MOST_SEGMENTS, _MOST_CHUNKS = 2_000, 20_000
_MOST_PIXELS = 250_000_000
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
# Of a PNG: what draws the picture, and its colours; no texts, no time, no Exif.
_DRAWS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYS"})
_PNG = b"\x89PNG\r\n\x1a\n"


class Damaged(ValueError):
    """The picture ends too early, or its parts do not fit together."""


def jpeg(content: bytes) -> bytes:
    """Without Exif, comments and the maker's own parts; how the picture is turned stays. Raises Damaged."""
    parts: list[bytes] = []
    at, turned, has_frame, has_scan = 2, 0, False, False
    for _ in range(_MOST_SEGMENTS):
        marker, body, at = _segment(content, at)
        if marker == 0xD9:
            if not (has_frame and has_scan):
                raise Damaged("no picture before its end")
            return b"\xff\xd8" + b"".join(_with_orientation(parts, turned)) + b"\xff\xd9"
        if marker in _FRAMES:
            has_frame = _has_size(body[1:5], ">HH")
        turned = turned or (_orientation(body) if marker == 0xE1 else 0)
        if _draws(marker, body):
            parts.append(bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body)
        if marker == 0xDA:
            end, has_scan = _end_of_scan(content, at), True
            parts.append(content[at:end])
            at = end
    raise Damaged("too many parts")


def png(content: bytes) -> bytes:
    """Only the chunks that draw, each with the sum it came with. Raises Damaged."""
    parts, at, names = [_PNG], len(_PNG), set()
    for number in range(_MOST_CHUNKS):
        head = content[at : at + 8]
        if len(head) < 8:
            raise Damaged("it ends too early")
        length, name = struct.unpack(">I4s", head)
        body, said = content[at + 8 : at + 8 + length], content[at + 8 + length : at + 12 + length]
        if len(said) < 4 or zlib.crc32(name + body) != struct.unpack(">I", said)[0]:
            raise Damaged("a part does not have its sum")
        if (number == 0) != (name == b"IHDR") or (name == b"IHDR" and not _has_size(body[:8], ">II")):
            raise Damaged("it does not begin with its size")
        if name in _DRAWS:
            parts.append(content[at : at + 12 + length])
        names.add(name)
        at += 12 + length
        if name == b"IEND":
            if b"IDAT" not in names:
                raise Damaged("no picture before its end")
            return b"".join(parts)
    raise Damaged("too many parts")


def _segment(content: bytes, at: int) -> tuple[int, bytes, int]:
    """The next marker with what it holds, and where the one after it begins."""
    start = at
    while content[at : at + 1] == b"\xff" and at - start < 100:
        at += 1
    if at == start or at >= len(content):
        raise Damaged("a part does not begin where it should")
    marker = content[at]
    if marker == 0xD9:
        return marker, b"", at + 1
    length = int.from_bytes(content[at + 1 : at + 3])
    body = content[at + 3 : at + 1 + length]
    if length < 2 or len(body) != length - 2:
        raise Damaged("it ends too early")
    return marker, body, at + 1 + length


def _end_of_scan(content: bytes, at: int) -> int:
    end = _AFTER_SCAN.search(content, at)
    if end is None:
        raise Damaged("it ends within the picture")
    return end.start()


def _draws(marker: int, body: bytes) -> bool:
    """Of the parts for programs only those without which the picture looks different."""
    if 0xE0 <= marker <= 0xEF:
        known = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
        return marker in known and body.startswith(known[marker])
    return marker != 0xFE


def _has_size(said: bytes, shape: str) -> bool:
    if len(said) < struct.calcsize(shape):
        raise Damaged("it does not say its size")
    height, width = struct.unpack(shape, said)
    if not 0 < height * width <= _MOST_PIXELS:
        raise Damaged("it has no size that can be shown")
    return True


def _orientation(body: bytes) -> int:
    """How the picture is to be turned, 2–8; 0 when it says nothing of it."""
    tiff = body[len(_EXIF) :] if body.startswith(_EXIF) else b""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return 0
    (at,) = struct.unpack(f"{order}I", tiff[4:8])
    (count,) = struct.unpack(f"{order}H", tiff[at : at + 2]) if len(tiff) >= at + 2 else (0,)
    for number in range(min(count, 200)):
        entry = tiff[at + 2 + 12 * number : at + 14 + 12 * number]
        if len(entry) == 12 and struct.unpack(f"{order}HH", entry[:4]) == (_ORIENTATION, 3):
            (value,) = struct.unpack(f"{order}H", entry[8:10])
            return value if 2 <= value <= 8 else 0
    return 0


def _with_orientation(parts: list[bytes], turned: int) -> list[bytes]:
    if not turned:
        return parts
    said = struct.pack(">4sIHHHIHHI", b"MM\x00*", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    exif = b"\xff\xe1" + struct.pack(">H", len(_EXIF) + len(said) + 2) + _EXIF + said
    after = 1 if parts and parts[0][1] == 0xE0 else 0
    return [*parts[:after], exif, *parts[after:]]
