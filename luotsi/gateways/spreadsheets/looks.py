"""Looking at a file from outside before anything opens it. Nothing here trusts what the file says about itself."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

MOST_BYTES = 5_000_000
MOST_ENTRIES = 500
MOST_GROWN = 60_000_000  # bytes of everything inside; a full sheet of ours (5000 × 50) is about 20 million
MOST_RATIO = 250  # of what is inside to what was sent, for entries above a million bytes; honest sheets stay under 100
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = b"PK\x05\x06"
_NOT_TEXT = (
    _ZIP,
    _END,
    b"%PDF",
    b"{\\rtf",
    b"\x7fELF",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"<",
)
_INSIDE = {"xlsx": "xl/workbook.xml", "ods": "content.xml"}
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MACROS = ("vbaproject.bin", "vbadata.xml", "basic/", "scripts/", "macrosheets/")
_FILES = (".zip", ".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".exe", ".jar", ".bin.zip", ".7z", ".rar", ".gz")


def what_is_wrong(content: bytes, kind: str) -> str:
    """A key of PROBLEMS, or "" when the file may be opened. `kind` is how its name ends: xlsx, ods or csv."""
    if not content:
        return "empty"
    if len(content) > MOST_BYTES:
        return "too_big"
    if content.startswith(_OLE):
        return "locked"
    if kind == "csv":
        return "other_name" if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_NOT_TEXT) else ""
    if kind not in _INSIDE:
        return "other_kind"
    if not content.startswith(_ZIP):
        return "other_name"
    return _of_archive(content, kind)


def _of_archive(content: bytes, kind: str) -> str:
    if content.rfind(_END) != len(content) - 22:
        return "broken"  # cut off, or something hangs behind the end
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            return _of_entries(entries, len(content)) or _of_names(entries, kind) or _of_contents(archive, kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError):
        return "broken"


def _of_entries(entries: list[zipfile.ZipInfo], size: int) -> str:
    """Counts and places, before a byte is unpacked."""
    if len(entries) > MOST_ENTRIES:
        return "grows"
    if any(one.flag_bits & 0x1 for one in entries):
        return "locked"
    if any(one.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for one in entries):
        return "broken"
    end = 0
    for one in sorted(entries, key=lambda entry: entry.header_offset):
        if one.header_offset < end:  # two entries share their bytes: the densest of bombs
            return "grows"
        end = one.header_offset + 30 + len(one.filename.encode("utf-8", "replace")) + one.compress_size
    begins_at = min((one.header_offset for one in entries), default=-1)  # not 0: something stands before the archive
    return "broken" if begins_at != 0 or end > size else ""


def _of_names(entries: list[zipfile.ZipInfo], kind: str) -> str:
    names = [one.orig_filename for one in entries]
    if len({name.lower() for name in names}) != len(names):
        return "broken"
    for name in names:
        steps = PurePosixPath(name.replace("\\", "/"))
        if steps.is_absolute() or ".." in steps.parts or "\\" in name or ":" in name or not name.isprintable():
            return "broken"
    lower = [name.lower() for name in names]
    if any(one.endswith(_MACROS[:2]) or any(f"/{part}" in f"/{one}" for part in _MACROS[2:]) for one in lower):
        return "macros"
    if any(one.endswith(_FILES) for one in lower):
        return "embedded"
    return "" if _INSIDE[kind] in names and (kind == "xlsx" or "mimetype" in names) else "other_name"


def _of_contents(archive: zipfile.ZipFile, kind: str) -> str:
    """Unpack each entry for its size alone, and stop at the first byte too many."""
    left = MOST_GROWN
    for one in archive.infolist():
        with archive.open(one) as entry:
            first = entry.read(4096)
            if first.startswith((_ZIP, _OLE)):
                return "embedded"
            if b"<!DOCTYPE" in first or b"<!ENTITY" in first:
                return "grows"
            if one.filename == "mimetype" and kind == "ods" and first != _ODS:
                return "other_name"
            grown = len(first)
            while piece := entry.read(65_536):
                grown += len(piece)
                if grown > left or (grown > 1_000_000 and grown > MOST_RATIO * one.compress_size):
                    return "grows"
            left -= grown
    return ""
