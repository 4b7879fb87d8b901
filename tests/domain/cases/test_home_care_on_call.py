"""A request to the on-call nurse of home care has its clock at every hour, and a visit can follow from it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from luotsi.base.now import local_day, now
from luotsi.domain.cases import actions as cases
from luotsi.domain.clocks import queries as clocks
from tests.factories import assessed, contact, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
REQUEST = {"unit": "kotihoito", "kind": "home_care_request", "service": "home-care-on-call"}
SATURDAY_NIGHT = datetime(2026, 3, 28, 20, 15, tzinfo=UTC)


def test_a_request_on_a_saturday_night_is_judged_that_very_day() -> None:
    nurse = worker("nurse", "kotihoito")
    case = contact(at=SATURDAY_NIGHT, **REQUEST)
    (chip,) = clocks.clocks_of([case.id])[case.id]
    assert (chip.line, chip.rule, chip.due) == ("home_care_on_call", "HOME-CARE-ON-CALL", date(2026, 3, 28))
    cases.assess(case=case.id, outcome="visit", key=uuid4(), by=nurse, at=SATURDAY_NIGHT + timedelta(minutes=20))
    (chip,) = clocks.clocks_of([case.id])[case.id]
    assert chip.state == "met"


def test_the_nurse_on_call_finds_it_on_the_list_judges_it_and_may_book_a_visit() -> None:
    nurse = worker("nurse", "kotihoito")
    case = contact(at=now() - timedelta(minutes=30), **REQUEST)
    client = signed_in(nurse)
    page = client.get(reverse("case", args=[case.id])).content.decode()
    assert ("Kotihoidon päivystävän hoitajan arvio" in page, "Katetri tai letku" in page) == (True, True)
    assert str(case.id) in client.get(reverse("worklist")).content.decode()
    assert local_day(case.opened_at) == clocks.clocks_of([case.id])[case.id][0].due
    assessed(case, nurse, outcome="visit")
    assert "Kotisairaanhoidon käynti" in client.get(reverse("case-times", args=[case.id])).content.decode()
