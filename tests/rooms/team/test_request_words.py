"""A question about the log and a request to correct are answered: their pages speak of an answer, never of care."""

import re

import pytest

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.models import Case
from tests.factories import as_who, contact, resident, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
CARE = re.compile(r"hoido|arvio|vastaanot|käynti|käynnit|tarjottu|varattu", re.IGNORECASE)
REQUESTS = ("log_question", "correction_request")


@pytest.fixture
def officer() -> Who:
    return worker("privacy-officer", "tietosuoja", "Tiina Turvaniitty")


def request_of(kind: str) -> Case:
    person = resident()
    return cases.receive(
        resident=person.id, kind=kind, service="", unit="tietosuoja", channel="form", language="fi", key=person.id,
        by=as_who(person), at=now(),
    )  # fmt: skip


def main_of(page: bytes) -> str:
    """The page's own text: without its frame, its scripts and what only machines read."""
    body = re.search(r"<main.*?</main>", page.decode(), re.DOTALL)
    assert body
    return re.sub(r"<[^>]+>", " ", body[0])


@pytest.mark.parametrize("kind", REQUESTS)
def test_the_answering_page_says_nothing_of_care(officer: Who, kind: str) -> None:
    client, case = signed_in(officer), request_of(kind)
    for when in ("before", "after"):
        told = main_of(client.get(f"/fi/team/cases/{case.id}/").content)
        assert CARE.findall(told) == [], when
        outcome = case_kinds()[kind].outcomes[0].key
        form = client.get(f"/fi/team/cases/{case.id}/").context["assess_form"]
        sent = {"outcome": outcome, "note": "Hoitaja vastasi viestiisi.", "key": str(form["key"].value())}
        client.post(f"/fi/team/cases/{case.id}/assessments/", sent)
    assert "Vastattu" in told


@pytest.mark.parametrize("kind", REQUESTS)
def test_the_answer_is_required_and_says_so(officer: Who, kind: str) -> None:
    client, case = signed_in(officer), request_of(kind)
    page = client.get(f"/fi/team/cases/{case.id}/")
    form = page.context["assess_form"]
    assert "(valinnainen)" not in str(form["note"].as_field_group())
    nurses = signed_in(worker()).get(f"/fi/team/cases/{contact(resident()).id}/").context["assess_form"]
    assert "(valinnainen)" in str(nurses["note"].as_field_group()), (
        "what a nurse writes of a need may be left out, and says so"
    )
    sent = {"outcome": case_kinds()[kind].outcomes[0].key, "note": " ", "key": str(form["key"].value())}
    answer = client.post(f"/fi/team/cases/{case.id}/assessments/", sent)

    assert answer.status_code == 422
    assert answer.context["assess_form"].errors["note"] == ["Kirjoita vastaus, jonka asukas lukee."]


@pytest.mark.parametrize(("language", "said"), [
    ("fi", "Odottaa vastausta"), ("sv", "Väntar på svar"), ("en", "Waits for an answer"),
])  # fmt: skip
def test_the_officers_list_has_the_tabs_of_what_is_answered(officer: Who, language: str, said: str) -> None:
    for kind in REQUESTS:
        request_of(kind)
    page = signed_in(officer).get(f"/{language}/team/")

    assert len(page.context["tabs"]) == 2
    assert page.context["tabs"][1][0] == said
    assert {line.state for line in page.context["lines"]} == {said}
    if language == "fi":
        assert {line.next_words for line in page.context["lines"]} == {"Vastaa kysymykseen", "Vastaa korjauspyyntöön"}
        assert CARE.findall(main_of(page.content)) == []


def test_the_team_that_gives_care_has_every_tab_and_its_own_words() -> None:
    nurse = worker()
    contact(resident())
    page = signed_in(nurse).get("/fi/team/")

    assert len(page.context["tabs"]) == 6
    assert [line.next_words for line in page.context["lines"]] == ["Arvioi tarve"]
