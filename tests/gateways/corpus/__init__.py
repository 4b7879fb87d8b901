"""Spreadsheets as people and attackers send them, made anew for each run. `HOSTILE`: what → (name, maker, problems)."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import xlsxwriter

HEAD = ["Nimi", "Sähköposti", "Alkaen"]
ROWS = [["Testi Hoitaja", "testi@example.org", "1.3.2026"], ["Toinen Hoitaja", "toinen@example.org", "2.3.2026"]]
_SHEET = "xl/worksheets/sheet1.xml"
_MIME = b"application/vnd.oasis.opendocument.spreadsheet"


def xlsx(rows: list[list[Any]] | None = None) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("Työntekijät")
        for at, row in enumerate([HEAD, *ROWS] if rows is None else rows):
            page.write_row(at, 0, row)
    return file.getvalue()


def ods(
    rows: list[list[Any]] | None = None, *, content: bytes | None = None, more: dict[str, bytes] | None = None
) -> bytes:
    cells = (
        "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                for cell in row
            )
            + "</table:table-row>"
            for row in ([HEAD, *ROWS] if rows is None else rows)
        )
        + _TAIL
    )
    spoken = "urn:oasis:names:tc:opendocument:xmlns:"
    made = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        f'xmlns:office="{spoken}office:1.0" xmlns:table="{spoken}table:1.0" xmlns:text="{spoken}text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Taul1">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    ).encode()
    entries = {
        "mimetype": _MIME,
        "content.xml": content or made,
        "META-INF/manifest.xml": _MANIFEST,
        "Configurations2/": b"",
    }
    return archive(entries | (more or {}))


# So LibreOffice ends a sheet: empty cells to the last row and column.
_TAIL = (
    '<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)
_MANIFEST = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b'<manifest:file-entry manifest:full-path="/" manifest:media-type="' + _MIME + b'"/></manifest:manifest>'
)


def csv(text: str = "Nimi;Sähköposti;Alkaen\nTesti;t@example.org;1.3.2026\n", encoding: str = "utf-8") -> bytes:
    return text.encode(encoding)


def archive(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in entries.items():
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if name == "mimetype" else method)
    return file.getvalue()


def entries_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        return {name: read.read(name) for name in read.namelist()}


def changed(**entries: bytes) -> bytes:
    """The usual .xlsx with entries added or replaced; "__" stands for "/" and "_dot_" for "."."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in entries.items()}
    return archive(entries_of(xlsx()) | named)


def sheet_xml(cells: str) -> bytes:
    """The usual .xlsx with these cells as its sheet."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    made = f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'
    return archive(entries_of(xlsx()) | {_SHEET: made.encode()})


def overlapping(copies: int = 400) -> bytes:
    """Many entries that share the bytes of one: the densest of bombs (Fifield 2019)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"\0" * 20_000_000) + packer.flush()
    check = zlib.crc32(b"\0" * 20_000_000)
    body, listing = b"", b""
    for number in range(copies):
        name = f"x{number:04}".encode()
        if not body:
            body = (
                struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, check, len(packed), 20_000_000, 5, 0)
                + name
                + packed
            )
        listing += (
            struct.pack(
                "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, check, len(packed), 20_000_000, 5, 0, 0, 0, 0, 0, 0
            )
            + name
        )
    return body + listing + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, copies, copies, len(listing), len(body), 0)


def _billion_laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    made = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{levels}]><worksheet>&l9;</worksheet>'
    return archive(entries_of(xlsx()) | {_SHEET: made.encode()})


def _ole() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")


def _encrypted_flag() -> bytes:
    made = bytearray(xlsx())
    at = 0
    while (at := made.find(b"PK\1\2", at)) >= 0:
        made[at + 8] |= 1
        at += 4
    return bytes(made)


_WIDE = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
_CROWD = "".join(f'<row r="{n}">' + f'<c r="A{n}"><v>1</v></c>' * 1_000 + "</row>" for n in range(1, 101))
_REPEATED = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    b'<table:table table:name="T"><table:table-row table:number-rows-repeated="1000000">'
    b'<table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p>'
    b"</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)

HOSTILE: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "nothing": ("a.xlsx", lambda: b"", {"empty"}),
    "too long": ("a.csv", lambda: b"x;y\n" * 2_000_000, {"too_big"}),
    "zip bomb": ("a.xlsx", lambda: changed(xl__media__x_dot_bin=b"\0" * 50_000_000), {"grows"}),
    "many small bombs": ("a.xlsx", lambda: changed(**{f"x{n}": b"<a/>" * 240_000 for n in range(80)}), {"grows"}),
    "overlapping bomb": ("a.xlsx", overlapping, {"grows"}),
    "xml bomb": ("a.xlsx", _billion_laughs, {"grows"}),
    "xml bomb in ods": ("a.ods", lambda: ods(content=b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), {"grows"}),
    "17 billion cells": ("a.xlsx", lambda: sheet_xml(_WIDE), {"grows", "many_rows"}),
    "repeated cells": ("a.ods", lambda: ods(content=_REPEATED), {"grows", "broken", "many_rows"}),
    "ten million cells": ("a.csv", lambda: (b";" * 3_332 + b"\n") * 1_500, {"many_columns"}),
    "crowded cells": ("a.xlsx", lambda: sheet_xml(_CROWD), {"no_column", "grows", "broken"}),
    "many entries": ("a.xlsx", lambda: changed(**{f"x{n}": b"" for n in range(600)}), {"grows"}),
    "cut off": ("a.xlsx", lambda: xlsx()[:-200], {"broken"}),
    "cut in the middle": ("a.ods", lambda: ods()[:300], {"broken"}),
    "password": ("a.xlsx", _ole, {"locked"}),
    "old xls": ("a.xls", _ole, {"locked"}),
    "encrypted entries": ("a.xlsx", _encrypted_flag, {"locked"}),
    "macros": ("a.xlsx", lambda: changed(xl__vbaProject_dot_bin=b"x"), {"macros"}),
    "basic in ods": ("a.ods", lambda: ods(more={"Basic/Standard/script-lb.xml": b"<x/>"}), {"macros"}),
    "a sheet of macros": ("a.xlsx", lambda: changed(xl__macrosheets__sheet1_dot_xml=b"<x/>"), {"macros"}),
    "file in a file": ("a.xlsx", lambda: changed(xl__embeddings__x_dot_xlsx=xlsx()), {"embedded"}),
    "hidden file in a file": ("a.xlsx", lambda: changed(xl__media__picture_dot_png=xlsx()), {"embedded"}),
    "object in a file": ("a.xlsx", lambda: changed(xl__embeddings__x_dot_bin=_ole()), {"embedded"}),
    "climbing path": ("a.xlsx", lambda: changed(**{"..__..__etc__passwd": b"x"}), {"broken"}),
    "absolute path": ("a.xlsx", lambda: changed(**{"__etc__passwd": b"x"}), {"broken"}),
    "picture": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, {"other_name"}),
    "picture as csv": ("a.csv", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, {"other_name"}),
    "zip as csv": ("a.csv", xlsx, {"other_name"}),
    "page as csv": ("a.csv", lambda: b"  <html><script>alert(1)</script>", {"other_name"}),
    "zeros as csv": ("a.csv", lambda: b"a;b\n\0;1\n", {"other_name"}),
    "ods as xlsx": ("a.xlsx", ods, {"other_name"}),
    "xlsx as ods": ("a.ods", xlsx, {"other_name"}),
    "text as ods": ("a.ods", lambda: ods(more={"mimetype": _MIME.replace(b"spreadsheet", b"text")}), {"other_name"}),
    "no kind": ("a", xlsx, {"other_kind"}),
    "program": ("a.exe", lambda: b"MZ" + b"\0" * 100, {"other_kind"}),
    "polyglot before": ("a.xlsx", lambda: b"%PDF-1.7\n" + xlsx(), {"other_name"}),
    "polyglot behind": ("a.xlsx", lambda: xlsx() + b"<script>alert(1)</script>", {"broken"}),
    "polyglot zip": ("a.xlsx", lambda: xlsx() + xlsx(), {"broken"}),
    "broken xml": ("a.xlsx", lambda: sheet_xml("<row><c"), {"broken"}),
    "open quote": ("a.csv", lambda: b'Nimi;x\n"a;b\n', {"broken"}),
    "long cell": ("a.csv", lambda: b"Nimi;x\n" + b"a" * 1_001 + b";b\n", {"long_cell"}),
    "one text behind every cell": ("a.xlsx", lambda: xlsx([["y" * 900] * 50] * 300), {"grows"}),
    "too many rows": ("a.csv", lambda: b"Nimi\n" + b"a\n" * 5_001, {"many_rows"}),
    "too many columns": ("a.xlsx", lambda: xlsx([["x"] * 51]), {"many_columns"}),
    "only headings": ("a.xlsx", lambda: xlsx([HEAD]), {"no_rows"}),
    "no headings": ("a.xlsx", lambda: xlsx([["x"], ["y"]]), {"no_column"}),
    "a heading twice": ("a.xlsx", lambda: xlsx([[*HEAD, "nimi"], ["a"]]), {"twice"}),
    "a code in the name": ("010190-999W.xlsx", xlsx, {"code"}),
}  # fmt: skip
