"""A worker of several roles chooses the one in which they work. It decides what opens, and the log keeps it."""

from datetime import timedelta

import pytest
import time_machine

from luotsi.base.now import today
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.events.models import Event
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation.models import Assignment
from luotsi.domain.organisation.queries import staff_as_who
from luotsi.rooms.home import landing
from tests.factories.clients import session_of, signed_in
from tests.factories.visits import MORNING, resident_called, worker

PAGE = "/fi/session/role/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning() -> object:
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def nurse() -> Who:
    return worker("Testi Hoitaja")


@pytest.fixture
def both(nurse: Who) -> Who:
    """A nurse in Kajaani who also leads the unit in Kuhmo."""
    since = MORNING.date() - timedelta(days=3)
    organisation.employ(
        id=nurse.id, name=nurse.name, unit="kuhmo", role="unit-manager", since=since, by=SYSTEM, at=MORNING
    )
    found = staff_as_who(nurse.id, on=today())
    assert found is not None
    return found


def test_each_role_stands_with_its_units_and_the_one_of_now_is_named(both: Who) -> None:
    page = signed_in(both).get(PAGE).content.decode()
    assert page.index("Sairaanhoitaja</h2>") < page.index("Kajaanin") < page.index("Roolisi nyt")
    assert "Yksikön esihenkilö" in page
    assert "Kuhmon terveysasema" in page


def test_the_chosen_role_holds_until_it_is_changed_and_is_what_the_log_knows(both: Who) -> None:
    browser = signed_in(both)
    assert "Vaihda rooli" in browser.get("/fi/team/").content.decode()

    answer = browser.post(PAGE, {"role": "unit-manager", "next": "/fi/boards/"})

    assert answer["Location"] == "/fi/boards/"
    page = browser.get("/fi/boards/").content.decode()
    assert "Työskentelet nyt tässä roolissa" in page
    assert "Yksikön esihenkilö" in page
    chosen = Event.objects.get(kind="role.chosen")
    assert (chosen.actor_id, chosen.actor_role, chosen.body["before"]) == (both.id, "unit-manager", "nurse")
    browser.post(PAGE, {"role": "unit-manager"})
    assert Event.objects.filter(kind="role.chosen").count() == 1


def test_choosing_changes_the_key_of_the_session_and_forgets_the_confirmation(both: Who) -> None:
    browser = signed_in(both)
    browser.cookies["sessionid"] = before = session_of(both, confirmed=True)
    browser.post(PAGE, {"role": "unit-manager"})
    assert browser.session.session_key != before
    assert browser.session.signed.confirmed_at is None


@pytest.mark.parametrize("asked", ["doctor", "", "county-administrator", "\x00"])
def test_a_role_that_one_does_not_have_is_refused_and_nothing_changes(both: Who, asked: str) -> None:
    browser = signed_in(both)
    assert browser.post(PAGE, {"role": asked}).status_code == 400
    assert not Event.objects.filter(kind="role.chosen").exists()
    assert "Roolisi nyt" in browser.get(PAGE).content.decode()


def test_a_chosen_role_that_ends_gives_way_to_the_other(both: Who) -> None:
    browser = signed_in(both)
    browser.post(PAGE, {"role": "unit-manager"})
    Assignment.objects.filter(role="unit-manager").update(valid_to=MORNING.date() - timedelta(days=1))
    page = browser.get("/fi/team/").content.decode()
    assert "Sairaanhoitaja" in page
    assert "Vaihda rooli" not in page


def test_only_who_has_a_choice_is_asked_after_signing_in(both: Who, nurse: Who) -> None:
    assert landing(both, "/fi/team/") == "/fi/session/role/?next=%2Ffi%2Fteam%2F"
    assert landing(nurse, "/fi/team/") == "/fi/team/"
    assert landing(nurse, "") == "/fi/team/"


def test_one_role_is_no_choice_and_a_resident_has_none(nurse: Who) -> None:
    assert "Vaihda rooli" not in signed_in(nurse).get("/fi/team/").content.decode()
    resident = signed_in(resident_called("Sanni", 910))
    assert resident.get(PAGE)["Location"] == "/fi/matters/"
    assert resident.post(PAGE, {"role": "nurse"})["Location"] == "/fi/matters/"


def test_nobody_is_sent_on_to_a_strangers_page(both: Who) -> None:
    assert signed_in(both).post(PAGE, {"role": "nurse", "next": "https://evil.example/"})["Location"] == "/fi/team/"
