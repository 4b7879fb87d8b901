"""Pages of home rounds: what a planner sees and does, what a worker sees of their own day, and who sees nothing."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from luotsi.base.now import now, today
from luotsi.base.who import Who
from luotsi.domain.bookings.actions import rounding
from luotsi.domain.bookings.actions.confirming import give_up
from luotsi.domain.bookings.actions.roundtimes import give_times
from luotsi.domain.bookings.models import HomeVisit, RoundPlanning
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Resident
from tests.factories import as_who, state_of_booking, worker
from tests.factories.clients import signed_in
from tests.factories.homecare import DAY, UNIT, at_home, carer, laid, moment, planner, visit_of

pytestmark = pytest.mark.django_db
ROUNDS = "/en/team/rounds/"


@pytest.fixture
def boss() -> Who:
    return planner()


def asked(person: Resident, **change: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "key": uuid4(), "what": "home-care/wash", "day": DAY, "earliest": "8:00", "latest": "10:00", "repeats": "",
        "until": "", "own_worker": "",
    }  # fmt: skip
    return usual | change


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_planner_reads_which_visit_a_resident_gave_up(boss: Who) -> None:
    person, other = at_home("Kotola"), at_home("Muula")
    carer("Anna Aamuinen")
    visit = visit_of(person, boss)
    visit_of(other, boss)
    laid(boss)
    give_times(unit=UNIT, day=DAY, by=boss, at=now())
    client = signed_in(boss)
    assert "Given up by residents" not in text(client, f"{ROUNDS}?day={DAY}")
    visit.refresh_from_db()
    assert visit.booking_id
    give_up(booking=visit.booking_id, by=as_who(person), at=now())
    for day in (DAY, DAY - timedelta(days=2)):
        shown = text(client, f"{ROUNDS}?day={day}")
        assert "Given up by residents" in shown
        told = shown.split('id="given-up"')[1].split("</section>")[0]
        assert ("Kotola" in told, "Muula" in told) == (True, False)
    assert "Given up by residents" not in text(client, f"{ROUNDS}?day={DAY + timedelta(days=1)}")


def test_from_asking_to_the_told_time(boss: Who) -> None:
    person, anna = at_home("Kotola"), carer("Anna Aamuinen")
    client = signed_in(boss)
    answer = client.post(f"/en/team/people/{person.id}/home-visits/", asked(person), follow=True)
    assert "1 visit is asked for." in answer.content.decode()
    assert "Not looked at yet. Plan the day." in text(client, f"{ROUNDS}?day={DAY}")

    client.post(f"{ROUNDS}planning/", {"unit": UNIT, "day": DAY, "key": uuid4()})
    assert "The rounds are being laid" in text(client, f"{ROUNDS}?day={DAY}")
    rounding.search(RoundPlanning.objects.get().id, at=now(), seconds=1)
    shown = text(client, f"{ROUNDS}?day={DAY}")
    assert "Anna Aamuinen" in shown
    assert "Not told yet" in shown
    assert "New times: 1" in shown

    told = client.post(f"{ROUNDS}times/", {"unit": UNIT, "day": DAY}, follow=True).content.decode()
    assert "New: 1, moved: 0, given up: 0." in told
    assert "Told to the resident" in text(client, f"{ROUNDS}?day={DAY}")
    visit = HomeVisit.objects.select_related("booking").get()
    assert visit.booking is not None
    assert visit.staff_id == anna.id
    own = text(signed_in(anna), f"{ROUNDS}own/?day={DAY}")
    assert "Kotola" in own
    assert "Esimerkkitie 1, 87100 Kajaani" in own
    times = text(signed_in(as_who(person)), "/en/times/")
    assert "A visit of home care" in times


def test_a_worker_who_is_ill_is_marked_away_and_the_day_is_planned_anew(boss: Who) -> None:
    anna, bea = carer("Anna"), carer("Bea")
    visit = visit_of(at_home(), boss, own_worker=anna.id)
    laid(boss)
    client = signed_in(boss)
    client.post(f"{ROUNDS}absence/", {"unit": UNIT, "day": DAY, "staff": anna.id, "key": uuid4()})
    assert rounding.tick(at=now()) == 1

    visit.refresh_from_db()
    assert visit.staff_id == bea.id
    shown = text(client, f"{ROUNDS}?day={DAY}")
    assert "Bea" in shown
    assert ">Anna<" not in shown, "who is away and has no visits left is no round of the day"


def test_a_move_is_pinned_and_an_impossible_one_says_why_and_keeps_what_was_written(boss: Who) -> None:
    anna = carer("Anna", ends=time(12))
    visit = visit_of(at_home(), boss)
    laid(boss)
    client, address = signed_in(boss), f"{ROUNDS}visits/{visit.id}/"
    refused = client.post(address, {"staff": anna.id, "starts": "13:30"})
    assert refused.status_code == 422
    assert "Their working hours do not cover the visit." in refused.content.decode()
    assert 'value="13:30"' in refused.content.decode()

    client.post(address, {"staff": anna.id, "starts": "11:00"})
    visit.refresh_from_db()
    assert (visit.starts_at, visit.is_pinned) == (moment(11), True)
    assert "Pinned" in text(client, f"{ROUNDS}?day={DAY}")
    client.post(f"{address}pin/", {"pinned": "no"})
    visit.refresh_from_db()
    assert not visit.is_pinned


@pytest.mark.parametrize(
    "change, words",
    [
        ({"latest": "7:00"}, "before it begins at the earliest"),
        ({"day": "2020-01-01"}, "That time has passed"),
        ({"day": today() + timedelta(days=500)}, "too far ahead"),
        ({"repeats": "daily"}, "Write the last day"),
        ({"repeats": "daily", "until": DAY - timedelta(days=1)}, "before the first one"),
        ({"repeats": "daily", "until": DAY + timedelta(days=90)}, "too many days"),
        ({"repeats": "daily", "until": "9999-12-31"}, "too many days"),
        ({"what": "family-work/start"}, "Choose from the list"),
        ({"northing": 7_123_000}, "Write both numbers"),
        ({"northing": "x"}, "Write the whole metres"),
        ({"day": "x"}, "Write the day so"),
        ({"earliest": "25"}, "Write the time so"),
    ],
)
def test_a_visit_that_makes_no_sense_is_said_clearly(boss: Who, change: dict[str, object], words: str) -> None:
    person = at_home()
    answer = signed_in(boss).post(f"/en/team/people/{person.id}/home-visits/", asked(person, **change))

    assert (answer.status_code, HomeVisit.objects.count()) == (422, 0)
    assert words in answer.content.decode()


def test_a_repeated_visit_is_asked_for_each_working_day(boss: Who) -> None:
    person = at_home()
    until = DAY + timedelta(days=7)
    signed_in(boss).post(f"/en/team/people/{person.id}/home-visits/", asked(person, repeats="weekly", until=until))

    assert list(HomeVisit.objects.order_by("day").values_list("day", flat=True)) == [DAY, until]


def test_a_visit_is_cancelled(boss: Who) -> None:
    carer("Anna")
    visit = visit_of(at_home(), boss)
    laid(boss)
    give_times(unit=UNIT, day=DAY, by=boss, at=now())
    visit.refresh_from_db()
    signed_in(boss).post(f"{ROUNDS}visits/{visit.id}/cancellation/")

    assert state_of_booking(visit.booking_id) == "cancelled"  # type: ignore[arg-type]


def test_a_worker_marks_their_own_visits_on_the_day(boss: Who) -> None:
    anna = carer("Anna")
    visit = visit_of(at_home(), boss)
    laid(boss)
    give_times(unit=UNIT, day=DAY, by=boss, at=now())
    client, address = signed_in(anna), f"{ROUNDS}own/{visit.id}/"
    early = client.post(address, follow=True)
    assert "The visit is marked on its day." in early.content.decode()

    visit.refresh_from_db()
    assert visit.booking is not None
    slot = visit.booking.slot
    type(slot).objects.filter(id=slot.id).update(starts_at=now() - timedelta(minutes=40), ends_at=now())
    client.post(address)
    assert state_of_booking(visit.booking.id) == "held"
    client.post(address, {"reason": "no_word"})
    assert state_of_booking(visit.booking.id) == "missed"


def test_a_protection_order_hides_the_place_on_every_page(boss: Who) -> None:
    anna, person = carer("Anna"), at_home("Piilo")
    visit_of(person, boss)
    laid(boss)
    give_times(unit=UNIT, day=DAY, by=boss, at=now())
    people.set_protection(resident=person.id, is_on=True, by=worker(), at=now() - timedelta(days=1))

    for who, address in ((boss, f"{ROUNDS}?day={DAY}"), (anna, f"{ROUNDS}own/?day={DAY}")):
        shown = text(signed_in(who), address)
        assert "Protection order" in shown
        assert "Esimerkkitie" not in shown
        assert "87100" not in shown


def test_nobody_sees_another_units_rounds_or_plans_without_the_right(boss: Who) -> None:
    anna, nurse = carer("Anna"), worker("nurse", name="Elsewhere")
    visit = visit_of(at_home("Kotola"), boss)
    laid(boss)

    assert signed_in(nurse).get(ROUNDS).status_code == 404
    assert signed_in(nurse).get(f"{ROUNDS}?unit={UNIT}").status_code == 404
    assert "Home rounds" not in signed_in(nurse).get("/en/team/").content.decode()
    own = signed_in(anna)
    assert "Plan the day" not in text(own, f"{ROUNDS}?day={DAY}")
    assert own.post(f"{ROUNDS}planning/", {"unit": UNIT, "day": DAY}).status_code == 403
    assert own.get(f"{ROUNDS}visits/{visit.id}/").status_code == 403
    assert signed_in(boss).get(f"{ROUNDS}visits/{uuid4()}/").status_code == 404


def test_whose_visits_were_shown_is_in_the_log(boss: Who) -> None:
    person = at_home()
    visit_of(person, boss)
    text(signed_in(boss), f"{ROUNDS}?day={DAY}")

    assert Use.objects.filter(resident=person.id, what="list", actor_id=boss.id).count() == 1


@pytest.mark.parametrize("query", ["day=zzz", "day=0001-01-01", "day=9999-12-31", "unit=kuhmo", "unit=%00"])
def test_an_address_that_makes_no_sense_is_no_error(boss: Who, query: str) -> None:
    assert signed_in(boss).get(f"{ROUNDS}?{query}").status_code == 200
    assert signed_in(boss).get(f"{ROUNDS}own/?{query}").status_code == 200


def test_a_long_day_is_read_with_few_queries(boss: Who, django_assert_max_num_queries: object) -> None:
    carer("Anna")
    for _ in range(6):
        visit_of(at_home(), boss)
    laid(boss)
    client = signed_in(boss)
    client.get(f"{ROUNDS}?day={DAY}")
    with django_assert_max_num_queries(34):  # type: ignore[operator]
        client.get(f"{ROUNDS}?day={DAY}")
