"""What every test may share: one browser, because a thread can hold one driver only."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's own Chromium; see tests/browser.sh."""
    path = os.environ.get("LUOTSI_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "no browser: run `make browser`, or name one with LUOTSI_BROWSER"
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()
