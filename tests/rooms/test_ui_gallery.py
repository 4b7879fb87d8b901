"""The gallery shows every component in three languages, in light and dark, and axe finds nothing to complain of."""

from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.html import escape
from playwright.sync_api import Page, Route

from luotsi.ui.example import shelf

AXE = Path(__file__).parents[1] / "vendor" / "axe-4.14.1.min.js"
RUN = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return {passes: found.passes.length, violations: found.violations};
}"""
HOST = "http://localhost"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_example_is_shown_with_its_source(client: Client, language: str) -> None:
    """No database is open in this test, so the gallery stands without one."""
    page = client.get(f"/{language}/ui/", headers={"host": "localhost"})
    shown = page.content.decode()

    assert page.status_code == 200
    assert f'<html lang="{language}"' in shown
    for examples in shelf().values():
        for example in examples:
            assert escape(example.source) in shown
    in_sources = sum(example.source.count("{%") for examples in shelf().values() for example in examples)
    assert shown.count("{%") == in_sources, "a raw tag reached the page"


def test_the_language_switch_keeps_the_page_and_its_query(client: Client) -> None:
    shown = client.get("/fi/ui/?theme=dark", headers={"host": "localhost"}).content.decode()

    assert '<a href="/sv/ui/?theme=dark" lang="sv" hreflang="sv">På svenska</a>' in shown
    assert '<strong lang="fi" aria-current="true">Suomeksi</strong>' in shown


def test_a_theme_nobody_knows_follows_the_device(client: Client) -> None:
    shown = client.get('/fi/ui/?theme="><script>', headers={"host": "localhost"}).content.decode()

    assert "data-theme" not in shown.split("<body")[0]
    assert "<script>" not in shown


def opened(browser: Any, address: str, **window: Any) -> tuple[Page, list[str]]:
    """The page as a browser shows it, answered by Django without a socket; and what the browser complained of."""
    page = browser.new_context(**window).new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*", _answer)
    page.goto(HOST + address)
    page.wait_for_load_state("networkidle")
    return page, complaints


def _answer(route: Route) -> None:
    parts = urlsplit(route.request.url)
    if parts.path.startswith("/static/"):
        found = finders.find(parts.path.removeprefix("/static/"))
        kind = {"Content-Type": guess_type(parts.path)[0] or "application/octet-stream"}
        route.fulfill(body=Path(found).read_bytes(), headers=kind) if found else route.fulfill(status=404)
        return
    answer = Client().get(f"{parts.path}?{parts.query}", headers={"host": "localhost"})
    route.fulfill(status=answer.status_code, body=answer.content, headers=dict(answer.headers))


@pytest.mark.journey
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(browser: Any, theme: str, width: int) -> None:
    page, complaints = opened(browser, f"/fi/ui/?theme={theme}", viewport={"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)

    violations = [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found["violations"]]
    assert violations == []
    assert found["passes"] > 30, "axe looked at hardly anything"
    assert complaints == [], "the content security policy or a missing file"


@pytest.mark.journey
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(("width", "size"), [(320, 100), (1280, 200), (640, 200)])
def test_nothing_is_cut_off_on_a_narrow_screen_or_with_doubled_text(
    browser: Any, language: str, width: int, size: int
) -> None:
    """WCAG 1.4.10 and 1.4.4: no sideways scrolling of the page; charts and source have scrolling of their own."""
    page, _ = opened(browser, f"/{language}/ui/", viewport={"width": width, "height": 900})
    page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")

    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.journey
def test_the_typeface_is_our_own_and_loaded(browser: Any) -> None:
    page, _ = opened(browser, "/fi/ui/")

    loaded = "[...document.fonts].filter((one) => one.status === 'loaded').map((one) => one.family + one.weight)"
    assert {"Source Sans 3400", "Source Sans 3600"} <= {name.replace('"', "") for name in page.evaluate(loaded)}


@pytest.mark.journey
def test_j_and_k_walk_a_worklist_and_leave_a_text_field_alone(browser: Any) -> None:
    page, _ = opened(browser, "/fi/ui/")
    first, second = page.locator("table[data-rows] tbody a:not(.clock-chip-words)").all()[:2]

    page.keyboard.press("j")
    page.keyboard.press("j")
    assert second.evaluate("(link) => link === document.activeElement")
    page.keyboard.press("k")
    assert first.evaluate("(link) => link === document.activeElement")

    field = page.locator("textarea").first
    field.focus()
    page.keyboard.type("jk")
    assert field.input_value() == "jk"
    assert field.evaluate("(one) => one === document.activeElement")


@pytest.mark.journey
def test_the_page_works_without_script(browser: Any) -> None:
    page, _ = opened(browser, "/fi/ui/", java_script_enabled=False)

    page.get_by_role("radio", name="ti 7.4. klo 10.30").first.check()

    assert page.locator("[name=slot]:checked").get_attribute("value") == "7-10-30"


@pytest.mark.journey
def test_on_a_phone_a_table_becomes_cards_that_name_their_cells(browser: Any) -> None:
    page, _ = opened(browser, "/fi/ui/", viewport={"width": 360, "height": 800})
    cell = page.locator("table[data-rows] tbody td").first

    assert cell.evaluate("(one) => getComputedStyle(one, '::before').content") == '"Paikka"'
    assert page.locator("table[data-rows] tbody tr").first.bounding_box()["width"] <= 360


@pytest.mark.journey
def test_print_is_black_on_white_without_navigation(browser: Any) -> None:
    page, _ = opened(browser, "/fi/ui/?theme=dark")
    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".page-languages").is_hidden()
