"""A worker answers the pulse of the staff: from the list of what waits, to the thanks, and back to an empty list.

Each page is looked at by axe, on a phone's width and on a desk's.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from luotsi.base.now import now
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Response
from tests.factories import worker
from tests.journeys.test_designer import screen
from tests.journeys.test_questionnaires import seen, sent, walk

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def test_a_worker_answers_the_pulse_and_it_waits_no_more(transactional_db: None, server: str, browser: Browser) -> None:
    nurse, manager = worker("nurse", "sotkamo"), worker("service-manager")
    pulse = questionnaires.open_collection(
        questionnaire="staff_pulse", name="Pulssi", mode="invited", key=uuid4(), by=manager, at=now(),
        closes_at=now() + timedelta(days=5),
    )  # fmt: skip
    questionnaires.invite(
        questionnaire="staff_pulse", key=uuid4(), collection=pulse.id, staff=nurse.id, unit="sotkamo", by=manager,
        at=now(),
    )  # fmt: skip
    page = screen(browser, server, nurse)
    page.goto("/fi/team/")
    page.get_by_role("navigation", name="Päävalikko").get_by_role("link", name="Kyselyt").click()
    expect(page.get_by_text("Nimetön")).to_be_visible()
    seen(page, "surveys-waiting")
    page.get_by_role("link", name="Työn pulssi").click()
    page.get_by_role("button", name="Aloita", exact=True).click()
    walk(page, name="survey-question")
    sent(page)
    seen(page, "survey-sent")
    page.get_by_role("link", name="Valmis").click()
    expect(page.get_by_text("Mikään ei odota sinua nyt")).to_be_visible()
    seen(page, "surveys-done")
    assert Response.objects.get(collection=pulse).filled_by_id is None
