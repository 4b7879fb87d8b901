"""`luotsi access`: why a worker may or may not open a resident's records, in sentences and as a document."""

import io
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.who import SYSTEM, Who
from luotsi.cli import main
from luotsi.domain.cases.models import Case
from luotsi.domain.events.models import Use
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Relationship, Resident
from tests.factories import MORNING, as_who, contact, identity_code, resident, worker

NOBODY = "5b1a2c3d-0000-4000-8000-000000000000"
pytestmark = [pytest.mark.django_db, pytest.mark.unwatched]
NOON = MORNING + timedelta(hours=3)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def nurse() -> Who:
    return worker(name="Hilla Hoitaja")


@pytest.fixture
def person() -> Resident:
    return resident()


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["access", *map(str, words)])
    heard = capsys.readouterr()
    return code, heard.out, heard.err


def explained(capsys: pytest.CaptureFixture[str], who: Who, person: Resident) -> tuple[str, dict[str, Any]]:
    code, text, err = said(capsys, "explain", who.id, person.id)
    assert (code, err) == (0, "")
    document = json.loads(said(capsys, "explain", who.id, person.id, "--json")[1])
    return text, document


def opened(document: dict[str, Any]) -> dict[str, list[str]]:
    return {key: [one["ground"] for one in reasons] for key, reasons in document["registers"].items() if reasons}


def test_a_matter_on_the_units_list_opens_its_register(
    capsys: pytest.CaptureFixture[str], nurse: Who, person: Resident
) -> None:
    contact(person)
    text, document = explained(capsys, nurse, person)
    assert opened(document) == {"health": ["team"]}
    assert "health: open as Nurse, by a matter on the team's list since 2026-03-02 09:10" in text
    assert "social: closed" in text
    assert "Role: Nurse in Sotkamo health station; opens by team" in text
    assert "team of Sotkamo health station, health since 2026-03-02 09:10: holds" in text
    assert "Consents between registers: none." in text
    assert "What is missing" not in text


def test_a_neighbour_is_told_what_is_missing(capsys: pytest.CaptureFixture[str], person: Resident) -> None:
    contact(person)
    text, document = explained(capsys, worker(unit="kuhmo"), person)
    assert opened(document) == {}
    assert "health: closed" in text
    assert "Relationships: none" in text
    assert "a relationship that holds" in text
    assert "or an emergency: 4 hours" in text


def test_a_relationship_that_ended_is_said_to_have_ended(
    capsys: pytest.CaptureFixture[str], nurse: Who, person: Resident
) -> None:
    case = contact(person)
    Relationship.objects.filter(subject=case.id).update(ends_at=NOON - timedelta(minutes=1))
    text, document = explained(capsys, nurse, person)
    assert opened(document) == {}
    assert "until 2026-03-02 12:09: does not hold" in text


def test_a_consent_opens_another_register_until_it_is_taken_back(
    capsys: pytest.CaptureFixture[str], nurse: Who, person: Resident
) -> None:
    contact(person)
    people.give_consent(resident=person.id, purpose="share-social-with-health", by=as_who(person), at=MORNING)
    text, document = explained(capsys, nurse, person)
    assert opened(document) == {"health": ["team"], "social": ["consent"]}
    assert "yes to health reading social since 2026-03-02 09:10: holds" in text


def test_an_emergency_is_told_with_its_end(capsys: pytest.CaptureFixture[str], person: Resident) -> None:
    doctor = worker("doctor", unit="kuhmo")
    people.open_emergency(
        resident=person.id, register="health", reason_key="cannot-tell", reason="tajuton ovella", by=doctor, at=MORNING
    )
    text, document = explained(capsys, doctor, person)
    assert opened(document) == {"health": ["emergency"]}
    assert "until 2026-03-02 13:10" in text
    assert "tajuton" not in text + json.dumps(document)


@pytest.mark.parametrize("role", ["unit-manager", "county-administrator", "service-manager"])
def test_a_role_that_opens_no_records_is_said_to_open_none(
    capsys: pytest.CaptureFixture[str], person: Resident, role: str
) -> None:
    contact(person)
    text, document = explained(capsys, worker(role), person)
    assert opened(document) == {}
    assert "a role that opens records; theirs opens none" in text


def test_a_ground_that_the_role_does_not_know_opens_nothing(
    capsys: pytest.CaptureFixture[str], person: Resident
) -> None:
    contact(person)
    text, document = explained(capsys, worker("provider-worker"), person)
    assert opened(document) == {}
    assert "a role that opens records by the ground team" in text


def test_somebody_without_a_role_is_told_what_became_of_the_last_one(
    capsys: pytest.CaptureFixture[str], nurse: Who, person: Resident
) -> None:
    contact(person)
    organisation.leave(staff=nurse.id, by=worker("county-administrator"), at=MORNING)  # type: ignore[arg-type]
    text, _ = explained(capsys, nurse, person)
    assert "No role in force now." in text
    assert "a role in force; Nurse in sotkamo was ended early" in text


def test_a_worker_is_found_by_mail_and_a_resident_by_a_code_from_the_pipe(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = identity_code()
    person = people.register(
        identity_code=code, first_name="A", last_name="B", municipality="765", language="fi", by=SYSTEM, at=MORNING
    )
    staff = uuid4()
    organisation.load_units()
    organisation.employ(
        id=staff,
        name="N",
        unit="sotkamo",
        role="nurse",
        since=MORNING.date(),
        by=SYSTEM,
        at=MORNING,
        mail="n@example.org",
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{code}\n"))
    answer, text, _ = said(capsys, "explain", "N@Example.org", "-")
    assert answer == 0
    assert str(person.id) in text
    assert code not in text


def test_the_question_itself_stands_in_the_usage_log(
    capsys: pytest.CaptureFixture[str], nurse: Who, person: Resident
) -> None:
    said(capsys, "explain", nurse.id, person.id)
    row = Use.objects.get(resident=person.id)
    assert (row.actor_kind, row.what, row.ground) == ("system", "log", "oversight")


@pytest.mark.parametrize(("user", "whose", "code", "words"), [
    ("nobody", None, 1, "no worker"), ("no@example.org", None, 1, "no worker"), (NOBODY, None, 1, "no worker"),
    (None, NOBODY, 1, "no such resident"), (None, "010190-999W", 1, "given by a pipe"), (None, "-", 2, "131052"),
])  # fmt: skip
def test_what_cannot_be_found_is_told_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, nurse: Who, person: Resident,
    user: str | None, whose: str | None, code: int, words: str,
) -> None:  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO("not a code\n"))
    answer, out, err = said(capsys, "explain", user or nurse.id, whose or person.id)
    assert (answer, out) == (code, "")
    assert words in err
    assert "010190-999W" not in err


def test_a_relationship_that_is_missing_is_found_and_added(capsys: pytest.CaptureFixture[str]) -> None:
    case: Case = contact()
    assert said(capsys, "rebuild", "--check")[:2] == (0, "0 relationships are missing\n")
    Relationship.objects.filter(subject=case.id).delete()
    assert said(capsys, "rebuild", "--check")[0] == 1
    assert json.loads(said(capsys, "rebuild", "--json")[1]) == {"added": 1}
    assert said(capsys, "rebuild", "--check")[0] == 0
    assert Relationship.objects.filter(subject=case.id).count() == 1
