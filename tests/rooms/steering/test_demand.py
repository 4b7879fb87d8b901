"""Why people contact us: the share of failure, what was not classed apart, and no group of fewer than five."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luotsi.base.who import SYSTEM
from luotsi.domain.cases.events import ContactReceived, DemandClassed
from luotsi.domain.events import actions as events
from luotsi.rooms.steering.demand import Shown, shown
from tests.factories import MORNING, worker
from tests.factories.clients import signed_in
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db
PAGE = "/fi/boards/contacts/"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


def came(how_many: int, demand: str = "", unit: str = "sotkamo", **when: Any) -> None:
    """So many contacts of this unit, each with this reason."""
    at = MORNING.replace(**when)
    where = events.Dimensions(unit=unit)
    for _ in range(how_many):
        contact = uuid4()
        events.record(ContactReceived(), by=SYSTEM, at=at, subject=contact, where=where)
        if demand:
            fact = DemandClassed(demand=demand, is_failure=demand.startswith("F"))
            events.record(fact, by=SYSTEM, at=at, subject=contact, where=where)


def figures(unit: str = "") -> Shown:
    return shown(worker("service-manager", "kehittaminen"), unit=unit, today=date(2026, 3, 2))


def test_forty_failures_of_ninety_five_are_42_point_1_percent_and_5_unknown_stand_apart() -> None:
    came(40, "F1"), came(55, "V1"), came(5)
    whole = figures().whole
    assert (whole.failure, whole.value, whole.unknown) == (40, 55, 5)
    assert round(100 * (whole.failure_share or 0), 1) == 42.1
    assert round(100 * (whole.unknown_share or 0), 1) == 5.0


def test_each_month_and_reason_has_its_own_number() -> None:
    came(10, "F1", month=2), came(20, "V3", month=2), came(30, "V3")
    found = figures()
    by_month = {line.name: (line.failure, line.value, line.unknown) for line in found.months}
    assert by_month[date(2026, 2, 1)] == (10, 20, 0)
    assert by_month[date(2026, 3, 1)] == (0, 30, 0)
    assert len(found.months) == 13
    assert {one.name.en: one.contacts for one in found.reasons if one.contacts}["Renewing a prescription"] == 50


def test_a_group_of_fewer_than_five_is_hidden_and_cannot_be_worked_out() -> None:
    came(3, "F1"), came(30, "V1"), came(20, "F2"), came(9)
    found = figures()
    hidden = {one.kind for one in found.reasons if one.contacts is None}
    assert {one.name.en: one.contacts for one in found.reasons}[
        "Chasing: where is the result, time or referral"
    ] is None
    assert hidden == {"failure"}
    assert sum(one.contacts is None for one in found.reasons) >= 2  # the second keeps the first from being worked out
    assert found.whole.failure == 23


def test_a_small_unit_is_not_had_by_taking_the_others_away() -> None:
    came(3, "F1", unit="kuhmo"), came(40, "F1"), came(50, "F1", unit="kajaani-hva")
    lines = {line.name.fi: line for line in figures().by_unit}  # type: ignore[attr-defined]
    assert lines["Kuhmon terveysasema"].failure is None
    assert lines["Kuhmon terveysasema"].failure_share is None
    hidden = [name for name, line in lines.items() if line.failure is None]
    assert len(hidden) >= 2
    assert figures("kuhmo").whole.failure is None


def test_a_year_old_contact_is_not_counted() -> None:
    came(10, "V1", year=2025, month=2), came(10, "V1", year=2025, month=3)
    assert figures().whole.value == 10


def test_a_reason_that_left_the_shelf_is_unknown() -> None:
    came(10, "V99"), came(10, "V1")
    assert (figures().whole.value, figures().whole.unknown) == (10, 10)


def test_the_page_shows_the_figures_with_their_tables() -> None:
    came(40, "F1"), came(55, "V1"), came(5)
    body = text(signed_in(worker("service-manager", "kehittaminen")).get(PAGE))
    assert "42,1" in body
    assert "5,0" in body
    assert "Kyselee perään" in body


def test_a_manager_of_one_unit_begins_with_it_and_may_choose_another() -> None:
    came(40, "F1", unit="kuhmo"), came(55, "V1")
    client = signed_in(worker("unit-manager", "kuhmo"))
    assert client.get(PAGE).context["shown"].unit == "kuhmo"
    assert client.get(f"{PAGE}?unit=sotkamo").context["shown"].unit == "sotkamo"
    assert client.get(f"{PAGE}?unit=").context["shown"].unit == ""
    assert client.get(f"{PAGE}?unit=nowhere").context["shown"].unit == ""


def test_what_happened_is_read_once_and_costs_as_many_statements_for_many_as_for_few() -> None:
    viewer = worker("service-manager", "kehittaminen")

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as statements:
            shown(viewer, unit="", today=date(2026, 3, 2))
        return [one["sql"] for one in statements]

    came(10, "F1")
    few = asked()
    assert sum(one.count("events_event") for one in few) == 1
    came(40, "V1", unit="kuhmo", month=2)
    assert len(asked()) == len(few) <= 5


def test_nothing_to_count_is_said() -> None:
    assert "Kukaan ei ole vielä ottanut yhteyttä" in text(
        signed_in(worker("service-manager", "kehittaminen")).get(PAGE)
    )


def test_a_nurse_has_no_such_page() -> None:
    assert signed_in(worker()).get(PAGE).status_code == 403
