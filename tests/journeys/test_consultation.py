"""A consultation hour: two short questions are read at one time, answered one after another, kept with the case.

The sender chooses the time, the specialist answers both on one page, and the answer stands in the matter. Axe looks at
every page, on a desk and on a phone.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.bookings.models import Slot
from luotsi.domain.cases.actions import referrals
from luotsi.domain.cases.models import Case, Referral
from tests.factories import assessed, contact, resident, worker
from tests.journeys.desk import Desk, desk
from tests.journeys.test_referrals import step
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
QUESTION = "Rengasmainen ihottuma leviää lääkkeestä huolimatta. Otanko koepalan?"
ANSWER = "Ota koepala reunasta ja sieniviljely ennen lääkkeen vaihtoa."


@pytest.fixture
def county(server: str, browser: Browser) -> Iterator[Desk]:
    with desk(server, browser) as found:
        yield found


def test_two_short_questions_are_answered_at_one_consultation_time(county: Desk) -> None:
    elo = worker("doctor", "keskussairaala", "Elo Erikoisranta")
    slot = an_hour_of(elo)
    case, other = a_matter_of("Tuija Ihottuma", county.nurse), a_matter_of("Sirkka Sydän", county.nurse)
    a_question_of_a_colleague(other, county.nurse, slot)
    nurse = county.open(county.nurse, 1280)
    when_the_nurse_asks_and_chooses_the_time(county, nurse, case)
    when_the_specialist_answers_both(county, county.open(elo, 1280), slot)
    then_the_answer_stands_with_the_case(county, nurse, case)
    then_a_phone_shows_the_time_too(county.open(elo, 360), county, slot)


def an_hour_of(elo: Who) -> UUID:
    starts = (now() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    row = {
        "id": uuid4(), "unit_id": "keskussairaala", "staff_id": elo.id, "profession": "doctor", "mode": "consultation",
        "starts_at": starts, "ends_at": starts + timedelta(minutes=30), "capacity": 4,
    }  # fmt: skip
    bookings.open_slots([row])
    return UUID(str(row["id"]))


def a_matter_of(name: str, nurse: Who) -> Case:
    first, last = name.split()
    made = contact(resident(first_name=first, last_name=last), at=now() - timedelta(hours=3))
    return assessed(made, nurse)


def a_question_of_a_colleague(case: Case, nurse: Who, slot: UUID) -> None:
    told = {"route": "specialist-question", "to_unit": "keskussairaala", "question": "Lisälyöntejä. Holter?"}
    row = referrals.send(case=case.id, key=uuid4(), by=nurse, at=now(), **told)
    referrals.choose_time(referral=row.id, slot=slot, questions="Betasalpaaja?", key=uuid4(), by=nurse, at=now())


def when_the_nurse_asks_and_chooses_the_time(county: Desk, page: Page, case: Case) -> None:
    county.at(page, f"team/cases/{case.id}/sendings/specialist-question/")
    page.locator("main [name=question]").fill(QUESTION)
    look(page, "consultation-ask")
    page.locator("main form[novalidate] button").first.click()
    page.wait_for_url("**/fi/team/referrals/*/")
    page.locator("main details:has(input[name=step][value=time_chosen]) > summary").click()
    form = page.locator("main form:has(input[name=step][value=time_chosen])")
    form.locator("[name=slot]").first.check()
    form.locator("[name=questions]").fill("Voiko kortisonia jatkaa?")
    look(page, "consultation-choose")
    step(page, "time_chosen")
    expect(page.get_by_text("Voiko kortisonia jatkaa?")).to_be_visible()
    look(page, "consultation-chosen")
    assert Slot.objects.get(mode="consultation").taken == 2


def when_the_specialist_answers_both(county: Desk, page: Page, slot: UUID) -> None:
    county.at(page, "team/referrals/")
    page.locator(f"main a[href*='/consultation-times/{slot}/']").click()
    expect(page.get_by_text("2 kysymystä")).to_be_visible()
    look(page, "consultation-time")
    first = page.locator("section.panel", has_text="Sirkka Sydän")
    first.locator("[name=note]").fill("Holter riittää, betasalpaajaa ei vielä.")
    first.locator("[name=minutes]").fill("4")
    first.get_by_role("button", name="Vastaa kysymykseen").press("Enter")
    expect(page.get_by_text("Vastattu. Kysyjä näkee vastauksen")).to_be_visible()
    second = page.locator("section.panel", has_text="Tuija Ihottuma")
    second.locator("[name=note]").fill(ANSWER)
    second.locator("[name=minutes]").fill("6")
    second.get_by_role("button", name="Vastaa kysymykseen").press("Enter")
    expect(page.locator("section.panel form")).to_have_count(0)
    look(page, "consultation-answered")
    minutes = [row.entries.get(step="answered").minutes for row in Referral.objects.order_by("sent_at")]
    assert minutes == [4, 6]


def then_the_answer_stands_with_the_case(county: Desk, page: Page, case: Case) -> None:
    county.at(page, f"team/cases/{case.id}/")
    part = page.locator("#referrals")
    expect(part.get_by_text(ANSWER)).to_be_visible()
    expect(part.get_by_text(QUESTION)).to_be_visible()
    look(page, "consultation-case")
    assert Case.objects.get(id=case.id).closed_at is None, "the care stays with whoever asked"


def then_a_phone_shows_the_time_too(page: Page, county: Desk, slot: UUID) -> None:
    page.emulate_media(color_scheme="dark")
    county.at(page, f"team/referrals/consultation-times/{slot}/")
    expect(page.get_by_role("heading", name="1. Sirkka Sydän")).to_be_visible()
    look(page, "consultation-phone")
