"""Words for journeys: go, look for what is inaccessible, keep a picture."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.conftest import SHOTS

AXE = (Path(__file__).parents[1] / "vendor" / "axe-4.14.1.min.js").read_text()
# Of what holds only the number comes over: every element that each rule looked at would cost more than the looking.
RUN = """async rules => {
    const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return {passes: found.passes.length, violations: found.violations};
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def then_page_is_accessible(page: Page) -> None:
    """axe finds nothing against WCAG 2.1 AA, and the page is not wider than its window."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(RUN, RULES)
    told = [f"{v['id']}: {v['help']} at {[n['target'] for n in v['nodes'][:3]]}" for v in found["violations"]]
    assert found["passes"], "axe looked at nothing"
    assert not told, f"{page.url}:\n" + "\n".join(told)
    wider = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{page.url} is {wider} px wider than the window"


def then_no_raw_tag_shows(page: Page) -> None:
    """No template tag, placeholder or identity code reaches the reader."""
    text = page.inner_text("body")
    assert not re.search(r"\{[{%]|[%}]\}|%\(\w+\)s", text), f"{page.url} shows template code"
    assert not re.search(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b", text), f"{page.url} shows an identity code"


def look(page: Page, name: str) -> None:
    """What every page of every journey passes. With LUOTSI_PICTURES=yes it keeps a picture in test-results."""
    then_page_is_accessible(page)
    then_no_raw_tag_shows(page)
    if os.environ.get("LUOTSI_PICTURES") == "yes":
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
