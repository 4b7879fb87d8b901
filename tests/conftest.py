"""What every test may share: one browser, since a thread can hold one driver only; an anchor; and figures it prints."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("luotsi", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("luotsi")


def browser_path() -> str:
    """The system's own Chromium; see tests/browser.sh."""
    path = os.environ.get("LUOTSI_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "no browser: run `make browser`, or name one with LUOTSI_BROWSER"
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say a measured figure: `figures("R13: 6 of 6 kinds of tampering found")`. The run prints them all at its end."""
    return lambda words: request.node.user_properties.append(("figure", words))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """See tests/database.py."""
    from tests import database

    with django_db_blocker.unblock():
        database.begin_with_kept_tables()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """See tests/database.py."""
    from tests import database

    with django_db_blocker.unblock():
        database.keep_tables()


def pytest_configure(config: pytest.Config) -> None:
    """Every answer of every test passes the watch of the usage log (R11)."""
    from django.conf import settings

    settings.MIDDLEWARE = ["tests.watch.watching", *settings.MIDDLEWARE]


@pytest.fixture(autouse=True)
def _nothing_leaves_unlogged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whose data a page shows stands in the usage log, and nobody else. A test of the watch itself is `unwatched`."""
    from tests import watch

    watch.SEEN = watch.Seen()
    yield
    seen = watch.SEEN
    if "unwatched" not in request.keywords:
        request.node.user_properties.append(("watched", [seen.shown, len(seen.missing), len(seen.spurious)]))
        assert not seen.missing, "shown without a row in the usage log:\n" + "\n".join(seen.missing)
        assert not seen.spurious, "in the usage log without being shown:\n" + "\n".join(seen.spurious)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The figures, in the order of the tests' names; parallel workers hand theirs over with their reports."""
    done = [report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])]
    said = {
        (report.nodeid, words)
        for report in done
        for name, words in getattr(report, "user_properties", [])
        if name == "figure"
    }
    last = [report for reports in terminalreporter.stats.values() for report in reports if _is_teardown(report)]
    watched = [value for report in last for name, value in report.user_properties if name == "watched"]
    shown, missing, spurious = (sum(column) for column in zip(*watched, strict=True)) if watched else (0, 0, 0)
    terminalreporter.section("figures")
    for _, words in sorted(said):
        terminalreporter.line(words)
    terminalreporter.line(
        f"R11: usage log, {shown} residents shown over the run: {missing} missing, {spurious} spurious"
    )


def _is_teardown(report: Any) -> bool:
    """A test's last report: it has everything that was noted during the test."""
    return getattr(report, "when", "") == "teardown"


@pytest.fixture(autouse=True)
def _language_of_the_house() -> Iterator[None]:
    """The language of the last page that a test asked for is not the next test's."""
    yield
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def _anchor_of_ones_own(settings: Any) -> Iterator[None]:
    """Each test begins with a log that was never sealed; its anchor must know nothing of another test's seals."""
    settings.SEALS = Path(settings.DATA) / "seals" / uuid4().hex
    yield
    shutil.rmtree(settings.SEALS, ignore_errors=True)
