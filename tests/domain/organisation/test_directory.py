"""What the directory of staff says at each sign-in becomes roles, for the time of the session."""

from datetime import date, datetime, timedelta

import pytest

from luotsi.base.now import HELSINKI
from luotsi.domain.events.models import Event
from luotsi.domain.organisation import actions, queries
from luotsi.domain.organisation.models import Assignment, Staff
from tests.factories import MORNING, worker

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()
NURSE, MANAGER = "luotsi-sotkamo-nurse", "luotsi-sotkamo-unit-manager"


@pytest.fixture(autouse=True)
def units() -> None:
    actions.load_units()


def come(
    *groups: str, at: datetime = MORNING, subject: str = "s-1", provider: str = "staff", name: str = "Nelli Mallimäki"
) -> Staff | None:
    return actions.recognise(
        provider=provider, subject=subject, name=name, mail="nelli@example.org", groups=groups, at=at
    )


def roles(person: Staff | None, on: date = TODAY) -> list[str]:
    assert person is not None
    return [held.role for held in queries.roles_of(person.id, on=on)]


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def test_a_group_gives_its_role_for_the_day() -> None:
    person = come(NURSE, "everybody", "print-room-3")
    assert person
    assert (person.name, person.mail) == ("Nelli Mallimäki", "nelli@example.org")
    who = queries.staff_as_who(person.id, on=TODAY)
    assert who
    assert (who.role, who.units) == ("nurse", {"sotkamo"})
    assert queries.staff_as_who(person.id, on=TODAY + timedelta(days=1)) is None
    assert kinds() == ["staff.recognised", "assignment.granted"]


def test_a_stranger_without_a_group_leaves_no_trace() -> None:
    assert come("everybody") is None
    assert come() is None
    assert not Staff.objects.exists()
    assert kinds() == []


@pytest.mark.parametrize("provider", ["", "elsewhere", "residents"])
def test_the_same_group_name_of_another_directory_gives_nothing(provider: str) -> None:
    assert come(NURSE, provider=provider) is None
    assert come(NURSE, subject="") is None


def test_signing_in_again_is_the_same_person_and_one_assignment() -> None:
    first, again = come(NURSE), come(NURSE, at=MORNING + timedelta(hours=1))
    assert first
    assert again
    assert first.id == again.id
    assert Assignment.objects.count() == 1
    assert kinds() == ["staff.recognised", "assignment.granted"]


def test_the_next_day_renews_and_a_pause_begins_anew() -> None:
    come(NURSE)
    come(NURSE, at=MORNING + timedelta(days=1))
    row = Assignment.objects.get()
    assert (row.valid_from, row.valid_to) == (TODAY, TODAY + timedelta(days=1))
    come(NURSE, at=MORNING + timedelta(days=7))
    spans = Assignment.objects.order_by("valid_from").values_list("valid_from", "valid_to")
    assert list(spans)[1] == (TODAY + timedelta(days=7), TODAY + timedelta(days=7))
    assert kinds().count("assignment.renewed") == 1


def test_a_group_that_is_gone_ends_its_role_at_once() -> None:
    come(NURSE, MANAGER)
    person = come(MANAGER, at=MORNING + timedelta(hours=2))
    assert roles(person) == ["unit-manager"]
    assert come(at=MORNING + timedelta(hours=3)) is None
    assert queries.roles_of(person.id, on=TODAY) == []  # type: ignore[union-attr]
    assert kinds().count("assignment.ended") == 2
    assert roles(come(NURSE, at=MORNING + timedelta(hours=4))) == ["nurse"]


def test_a_night_shift_keeps_its_role_until_the_session_ends() -> None:
    person = come(NURSE, at=datetime(2026, 3, 2, 21, 30, tzinfo=HELSINKI))
    assert roles(person, TODAY + timedelta(days=1)) == ["nurse"]
    assert queries.roles_of(person.id, on=TODAY + timedelta(days=2)) == []  # type: ignore[union-attr]


def test_what_people_gave_stays_when_the_directory_gives_nothing() -> None:
    ada, eino = worker("county-administrator", name="Ada"), worker("county-administrator", name="Eino")
    person = come(NURSE)
    assert person
    row = actions.propose_assignment(
        staff=person.id, role="nurse", unit="kuhmo", valid_from=TODAY, valid_to=TODAY, reason="Sijaisuus", by=ada,
        at=MORNING,
    )  # fmt: skip
    actions.confirm_assignment(assignment=row.id, by=eino, at=MORNING)
    assert come() == person
    assert [held.units for held in queries.roles_of(person.id, on=TODAY)] == [{"kuhmo"}]


def test_who_has_left_is_not_let_in_by_the_directory() -> None:
    ada = worker("county-administrator")
    person = come(NURSE)
    assert person
    actions.leave(staff=person.id, by=ada, at=MORNING)
    assert come(NURSE, at=MORNING + timedelta(hours=1)) is None
    assert queries.roles_of(person.id, on=TODAY) == []


def test_a_mail_address_identifies_nobody() -> None:
    first, second = come(NURSE), come(NURSE, subject="s-2")
    assert first
    assert second
    assert first.id != second.id


@pytest.mark.parametrize(("name", "shown"), [
    ("Nelli  \x00\nUusi", "Nelli Uusi"), ("", "nelli@example.org"), ("x" * 5000, "x" * 200),
])  # fmt: skip
def test_whatever_the_directory_writes_can_be_shown(name: str, shown: str) -> None:
    person = come(NURSE, name=name)
    assert person
    assert Staff.objects.get().name == shown


def test_a_name_that_changed_is_shown_as_the_directory_writes_it() -> None:
    come(NURSE)
    assert come(NURSE, name="Nelli Uusinimi").name == "Nelli Uusinimi"  # type: ignore[union-attr]
    assert kinds().count("staff.recognised") == 2
