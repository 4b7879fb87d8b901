"""Every night what changed, once a week everything; a service that does not answer is tried again and said."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from luotsi.base.now import HELSINKI
from luotsi.config import national
from luotsi.domain.catalogue import queries
from luotsi.domain.catalogue.models import Intake, Service
from luotsi.domain.organisation.definitions import municipality_names
from luotsi.gateways.ptv import line
from tests.factories import ptv, ptv_newer
from tests.gateways.ptv import fake_newer
from tests.gateways.ptv.fake import Catalogue, serving

pytestmark = pytest.mark.django_db
SUNDAY = datetime(2026, 11, 22, 2, 5, tzinfo=HELSINKI)


@pytest.fixture
def catalogue(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    monkeypatch.setattr(line.time, "sleep", lambda _: None)
    with serving(settings) as server:
        settings.PTV, settings.DATA = f"http://{server.at}/api/v11", tmp_path
        server.services = [ptv.service("Puutarhakerho", "Linja"), ptv.service("Toinen kerho", "Linja")]
        server.channels = [ptv.channel("Linja")]
        yield server


def read(at: datetime) -> bool:
    with time_machine.travel(at, tick=False):
        return national.nightly(at=at)


def published() -> set[str]:
    return set(Service.objects.published().filter(source="ptv").values_list("key", flat=True))


def test_everything_is_read_once_and_not_again_on_the_day(catalogue: Catalogue) -> None:
    assert not read(SUNDAY.replace(hour=1))
    assert read(SUNDAY)
    assert published() == {"puutarhakerho", "toinen-kerho"}
    asked = len(catalogue.asked)
    assert not read(SUNDAY + timedelta(hours=5))
    assert len(catalogue.asked) == asked


def test_on_the_next_nights_only_what_changed_is_asked(catalogue: Catalogue) -> None:
    read(SUNDAY)
    changed = "2026-11-22T12:00:00Z"
    catalogue.services[0] |= {"serviceNames": ptv.said(fi="Kerho pihalla"), "modified": changed}
    catalogue.services[1] |= {"publishingStatus": "Deleted", "modified": changed}
    catalogue.channels[0] |= {"phoneNumbers": [ptv.phone("8 2"), ptv.phone("8 3")], "modified": changed}
    catalogue.asked.clear()
    assert read(SUNDAY + timedelta(days=1))
    assert published() == {"puutarhakerho"}
    page = queries.service_page("puutarhakerho", "fi", None, SUNDAY)
    assert page is not None
    assert page.name == "Kerho pihalla"
    assert [way.phone for way in page.ways_in] == ["08 2", "08 3"]
    assert catalogue.since == ["2026-11-21T18:05:00"] * 2
    assert not any("/area/" in path for path in catalogue.asked)


def test_a_channel_alone_changes_the_ways_in_of_its_services(catalogue: Catalogue) -> None:
    read(SUNDAY)
    catalogue.channels[0] |= {"phoneNumbers": [ptv.phone("8 2"), ptv.phone("8 3")], "modified": "2026-11-22T12:00:00Z"}
    read(SUNDAY + timedelta(days=1))
    page = queries.service_page("toinen-kerho", "fi", None, SUNDAY)
    assert page is not None
    assert [way.phone for way in page.ways_in] == ["08 2", "08 3"]


def test_a_week_later_everything_is_asked_again(catalogue: Catalogue) -> None:
    read(SUNDAY)
    del catalogue.services[1]
    for day in range(1, 7):
        read(SUNDAY + timedelta(days=day))
    assert published() == {"puutarhakerho", "toinen-kerho"}
    read(SUNDAY + timedelta(days=7))
    assert published() == {"puutarhakerho"}


def test_a_service_that_does_not_answer_is_tried_three_times_an_hour_apart(catalogue: Catalogue) -> None:
    catalogue.busy = 1_000
    assert [read(SUNDAY + timedelta(minutes=30 * step)) for step in range(8)] == [
        True, False, True, False, True, False, False, False,
    ]  # fmt: skip
    assert Intake.objects.filter(refused=True).count() == 3
    assert "503" in str(Intake.objects.latest("id").faults[0])
    catalogue.busy = 0
    assert read(SUNDAY + timedelta(days=1))
    assert published() == {"puutarhakerho", "toinen-kerho"}


def test_a_broken_answer_keeps_the_old_catalogue(catalogue: Catalogue) -> None:
    read(SUNDAY)
    catalogue.services[0] |= {"serviceNames": [], "modified": "2026-11-22T12:00:00Z"}
    assert read(SUNDAY + timedelta(days=1))
    assert published() == {"puutarhakerho", "toinen-kerho"}
    assert Intake.objects.latest("id").refused


def test_of_the_newer_version_everything_is_read_every_night(settings: Any, tmp_path: Path) -> None:
    with fake_newer.serving(settings) as server:
        settings.PTV, settings.DATA = f"http://{server.at}/api/v12", tmp_path
        server.municipalities = sorted(municipality_names())
        server.held = {"service": [ptv_newer.service("Puutarhakerho"), ptv_newer.service("Toinen kerho")]}
        server.held["organization"] = [ptv_newer.named("Kainuun hyvinvointialue")]
        assert read(SUNDAY)
        assert published() == {"puutarhakerho", "toinen-kerho"}
        server.held["service"].pop()
        assert read(SUNDAY + timedelta(days=1))
        assert published() == {"puutarhakerho"}


def test_nothing_is_asked_where_no_address_is_set(catalogue: Catalogue, settings: Any) -> None:
    settings.PTV = ""
    assert not read(SUNDAY)
    assert catalogue.asked == []
