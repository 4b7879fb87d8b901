"""What a page of the front door weighs with everything, and what it needs before anything is seen."""

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions as catalogue
from tests.factories import MORNING

pytestmark = pytest.mark.django_db
LIMIT_BYTES = 150_000
PAGES = (
    "", "?q=hammas+lohkesi", "?q=apu&municipality=205", "services/dental-care/", "services/nurse-reception/", "stops/",
    "groups/", "guides/", "themes/", "accessibility/",
)  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def services(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        catalogue.load_shelf(by=SYSTEM, at=MORNING)
        yield
        call_command("flush", interactive=False, verbosity=0)


def page(address: str) -> str:
    answer = Client().get(f"/fi/{address}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def sent(address: str) -> bytes:
    """What goes over the line for a file, as a browser asks for it."""
    answer = Client().get(address, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert answer.status_code == 200, address
    return bytes(answer.content)


def parts(html: str) -> set[str]:
    """The files that the page names, and the fonts of Latin letters that its style sheet does."""
    named = set(re.findall(r'<(?:link|script|img|use)\b[^>]*?(?:href|src)="(/static/[^"#]+)', html))
    fonts = set()
    for sheet in (one for one in named if one.endswith(".css")):
        css = gzip.decompress(sent(sheet)).decode()
        fonts |= {"/static/" + one for one in re.findall(r'url\("\.\./(vendor/[^"]+-latin-\d+[^"]+)"\)', css)}
        assert "@import" not in css
    return named | fonts


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_everything_stays_under_the_limit(address: str) -> None:
    html = page(address)
    files = parts(html)
    assert any(one.endswith(".woff2") for one in files)
    weight = len(html.encode()) + sum(len(sent(one)) for one in files)
    print(f"/fi/{address}: {weight:,} bytes with {len(files)} files, {len(html.encode()):,} of them the page")
    assert weight < LIMIT_BYTES


@pytest.mark.parametrize("address", PAGES)
def test_before_anything_is_seen_one_page_and_one_style_sheet_are_asked(address: str) -> None:
    html = page(address)
    assert len(re.findall(r'<link rel="stylesheet"', html)) == 1
    scripts = re.findall(r"<script\b[^>]*>", html)
    assert scripts
    assert all(" defer" in one or 'type="module"' in one for one in scripts), scripts
    assert "<style" not in html
    assert not re.findall(r'(?:href|src)="https?://[^"]+\.(?:css|js|woff2?)"', html)


def test_texts_are_packed_and_come_out_the_same() -> None:
    plain = Client().get("/static/ui/luotsi.css")
    packed = Client().get("/static/ui/luotsi.css", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 3
    assert gzip.decompress(packed.content) == plain.content
    assert plain["Vary"] == packed["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in plain


def test_fonts_and_parts_of_files_are_not_packed() -> None:
    font = "/static/vendor/source-sans-3/source-sans-3-latin-400-normal.woff2"
    assert "Content-Encoding" not in Client().get(font, headers={"Accept-Encoding": "gzip"})
    part = Client().get("/static/ui/luotsi.css", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"})
    assert "Content-Encoding" not in part
    assert len(part.content) == 10
