"""`make pictures`: a picture of each room for the README, taken of a demonstration that `make run` serves.

    python -m tests.pictures [http://localhost:8000]

Each is what a member of the cast sees first, 1 280 pixels wide, made small enough to look at beside the text.
"""

import os
import sys
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

WIDTH, HEIGHT, SCALE, COLOURS = 1280, 860, 0.75, 96
PLACE = Path(__file__).parents[1] / "docs" / "screenshots"
# The picture, who looks ("" is a visitor), the name of the address, what stands in it, and what is asked.
ROOMS = (
    ("resident", "", "front", (), "?q=hammas+lohkesi&municipality=205"),
    ("team", "nelli", "worklist", (), ""),
    ("steering", "riitta", "board", ("reception",), ""),
    ("programme", "kaisa", "programme", ("hella",), ""),
    ("oversight", "aatu", "assignments", (), ""),
)


def main() -> int:
    """Write the pictures; answers 1 when a page did not answer."""
    import django

    django.setup()
    from tests.conftest import browser_path

    base = (sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000").rstrip("/")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"])
        statuses = [_take(browser, base, *room) for room in ROOMS]
        browser.close()
    return 0 if all(status == 200 for status in statuses) else 1


def _take(browser: Browser, base: str, name: str, who: str, address: str, parts: tuple[str, ...], asked: str) -> int:
    from django.urls import reverse
    from django.utils.translation import override

    with override("fi"):
        place, session, guide = reverse(address, args=parts) + asked, reverse("demo-session"), reverse("demo")
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="fi-FI")
    context.set_default_timeout(180_000)
    page = context.new_page()
    if who:
        page.goto(base + guide)
        page.locator(f"form[action='{session}']:has([name=member][value={who}]) button").first.click()
    answer = page.goto(base + place, wait_until="networkidle" if name == "resident" else "load")
    status = answer.status if answer else 0
    page.wait_for_timeout(500)
    _keep(page.screenshot(), name)
    print(f"{name}: {status} {place}")
    context.close()
    return status


def _keep(shot: bytes, name: str) -> None:
    from PIL import Image

    small = Image.open(BytesIO(shot)).convert("RGB").resize((round(WIDTH * SCALE), round(HEIGHT * SCALE)))
    small.quantize(COLOURS).save(PLACE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    sys.exit(main())
