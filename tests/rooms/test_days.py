"""Pages of granted days: a decision is written down, a family wishes, places are shared out, a day is attended."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from luotsi.base.now import local_day, now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.models import Booking, DayGrant, DayWish, Slot
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Case
from luotsi.domain.events.models import Event
from luotsi.domain.people.models import Resident
from tests.factories import as_who, contact, resident, worker
from tests.factories.clients import signed_in
from tests.factories.days import ADVISER_UNIT, beds, granted, wished

pytestmark = pytest.mark.django_db
TODAY = local_day(now())
FRIDAY = TODAY + timedelta(days=(4 - TODAY.weekday()) % 7 + 14)
SUNDAY = FRIDAY + timedelta(days=2)


@pytest.fixture
def adviser() -> Who:
    return worker("service-adviser", ADVISER_UNIT, "Leila Lepovaara")


def decided(
    person: Resident, by: Who, *, outcomes: tuple[str, ...] = ("not_urgent", "started", "needs_service", "granted")
) -> Case:
    """A matter in which a service was granted."""
    began = now() - timedelta(days=9)
    case = contact(person, unit=ADVISER_UNIT, kind="older_need", service="carers-leave", at=began)
    for hours, outcome in enumerate(outcomes, 1):
        cases.assess(case=case.id, outcome=outcome, key=uuid4(), by=by, at=began + timedelta(hours=hours))
    return case


def granted_to(person: Resident) -> DayGrant:
    matter = contact(person, unit=ADVISER_UNIT, kind="older_need", service="carers-leave", at=now() - timedelta(days=9))
    return granted(person, SYSTEM, subject=matter.id)


def stayed(adviser: Who, *, places: int = 1, families: int = 1) -> list[DayGrant]:
    """Families with a wish for the same weekend; nothing is shared out yet."""
    beds(places)
    grants = [granted_to(resident(last_name=f"Perhe{number}")) for number in range(families)]
    for grant in grants:
        wished(grant, FRIDAY, SUNDAY)
    return grants


def share(client: Client) -> None:
    page = client.get(f"/fi/team/places/wishes/?offering=respite-stay&first={TODAY}&last={SUNDAY}")
    seen = page.context["seen"]
    told = {"offering": "respite-stay", "first": str(TODAY), "last": str(SUNDAY), "seen": seen}
    assert client.post("/fi/team/places/wishes/", told).status_code == 302


def test_days_are_granted_only_where_a_decision_grants(adviser: Who) -> None:
    person, client = resident(), signed_in(adviser)
    open_case = decided(person, adviser, outcomes=("not_urgent",))
    assert "Kirjaa päivät" not in client.get(f"/fi/team/cases/{open_case.id}/days/").content.decode()
    case = decided(resident(), adviser)
    assert f"/fi/team/cases/{case.id}/days/" in client.get(f"/fi/team/cases/{case.id}/").content.decode()
    told = {
        "key": uuid4(),
        "kind": "carers-leave",
        "days": "3",
        "first": str(TODAY),
        "last": str(TODAY + timedelta(days=300)),
    }
    answers = [client.post(f"/fi/team/cases/{one.id}/days/", {**told, "key": uuid4()}) for one in (open_case, case)]
    assert [answer.status_code for answer in answers] == [422, 302]
    grant = DayGrant.objects.get()
    assert (grant.subject, grant.days, grant.register) == (case.id, 3, "social")
    assert "Omaishoitajan vapaapäivät" in client.get(f"/fi/team/cases/{case.id}/days/").content.decode()


@pytest.mark.parametrize("wrong", [
    {"days": "1"}, {"days": "kolme"}, {"last": "1.1.2020"}, {"first": ""}, {"kind": "nothing"}, {"last": "9999-12-31"},
])  # fmt: skip
def test_a_decision_that_cannot_be_is_refused_in_words_and_nothing_is_lost(adviser: Who, wrong: dict[str, str]) -> None:
    case, client = decided(resident(), adviser), signed_in(adviser)
    told = {
        "key": str(uuid4()),
        "kind": "carers-leave",
        "days": "3",
        "first": str(TODAY),
        "last": str(TODAY + timedelta(days=99)),
    }
    answer = client.post(f"/fi/team/cases/{case.id}/days/", told | wrong)
    assert answer.status_code == 422
    assert DayGrant.objects.count() == 0
    body = answer.content.decode()
    assert next(iter(wrong.values())) in body or "kind" in wrong
    assert "error-summary" in body or "Korjaa" in body


def test_a_family_wishes_reads_why_not_and_gives_up_by_pages(adviser: Who) -> None:
    first, second = stayed(adviser, families=2)
    share(signed_in(adviser))
    lost = DayWish.objects.get(answer="not_given")
    client = signed_in(as_who(lost.grant.resident))
    body = client.get("/fi/times/days/").content.decode()
    assert "Miksi juuri näitä päiviä ei saatu" in body
    assert "arvottiin" in body
    assert "Hoitopäivät" in client.get("/fi/times/").content.decode()
    got = DayWish.objects.get(answer="given")
    winner = signed_in(as_who(got.grant.resident))
    assert winner.post(f"/fi/times/days/wishes/{got.id}/ending/").status_code == 302
    assert set(Slot.objects.values_list("taken", flat=True)) == {0}
    assert client.post(f"/fi/times/days/wishes/{got.id}/ending/").status_code == 404
    assert first.id != second.id


@pytest.mark.parametrize("wrong", [
    {"first": "", "last": ""}, {"first": str(SUNDAY), "last": str(FRIDAY)}, {"first": str(TODAY), "last": str(TODAY)},
    {"offering": "day-activity"}, {"weekdays": ["9"]}, {"first": "29.2.2027"}, {"place": "nowhere"},
])  # fmt: skip
def test_a_wish_that_cannot_be_is_refused_in_words(adviser: Who, wrong: dict[str, object]) -> None:
    beds(1), beds(1, name="Kotiranta")
    grant = granted_to(resident())
    told = {"key": str(uuid4()), "offering": "respite-stay", "first": str(FRIDAY), "last": str(SUNDAY)}
    answer = signed_in(as_who(grant.resident)).post(f"/fi/times/days/{grant.id}/wishes/", told | wrong)
    assert answer.status_code == 422
    assert DayWish.objects.count() == 0


def test_what_changed_is_shown_again_and_nothing_is_given(adviser: Who) -> None:
    (grant,) = stayed(adviser)
    client = signed_in(adviser)
    told = {"offering": "respite-stay", "first": str(TODAY), "last": str(SUNDAY), "seen": "old"}
    answer = client.post("/fi/team/places/wishes/", told)
    assert answer.status_code == 409
    assert Booking.objects.count() == 0
    assert grant.resident.last_name in answer.content.decode()


def test_the_board_the_day_and_the_marks(adviser: Who) -> None:
    (grant,) = stayed(adviser)
    client = signed_in(adviser)
    share(client)
    week = client.get(f"/fi/team/places/?from={FRIDAY}").content.decode()
    assert grant.resident.last_name in week
    assert "Täynnä" in week
    assert client.get(f"/fi/team/places/?from={FRIDAY}&span=month").status_code == 200
    first = Booking.objects.earliest("slot__starts_at")
    Slot.objects.filter(id=first.slot_id).update(starts_at=now() - timedelta(hours=1))
    address = f"/fi/team/places/days/{first.id}/attendance/?day={TODAY}"
    client.post(address, {"what": "missed", "reason": ""})
    assert Booking.objects.get(id=first.id).no_show_at is None
    client.post(address, {"what": "came"})
    assert Booking.objects.get(id=first.id).arrived_at
    later = Booking.objects.latest("slot__starts_at")
    client.post(f"/fi/team/places/days/{later.id}/attendance/?day={SUNDAY}", {"what": "freed"})
    assert Slot.objects.get(id=later.slot_id).taken == 0
    assert client.get(f"/fi/team/places/day/?day={TODAY}").status_code == 200


@pytest.mark.parametrize(("what", "why"), [("came", "wrong_person"), ("missed", "came_after_all")])
def test_a_day_that_was_marked_wrongly_is_expected_again(adviser: Who, what: str, why: str) -> None:
    stayed(adviser)
    client = signed_in(adviser)
    share(client)
    first = Booking.objects.earliest("slot__starts_at")
    Slot.objects.filter(id=first.slot_id).update(starts_at=now() - timedelta(hours=1))
    address = f"/fi/team/places/days/{first.id}/{{}}/?day={TODAY}"
    client.post(address.format("attendance"), {"what": what, "reason": "ill"})
    assert "Peru merkintä" in client.get(f"/fi/team/places/day/?day={TODAY}").content.decode()
    for told in ({"what": what, "reason": ""}, {"what": what, "reason": "no_word"}, {"what": "x", "reason": why}, {}):
        client.post(address.format("correction"), told)
        assert Event.objects.filter(kind="visit.unmarked").count() == 0
    for _ in range(2):
        client.post(address.format("correction"), {"what": what, "reason": why})
    row = Booking.objects.get(id=first.id)
    assert (row.arrived_at, row.no_show_at, row.no_show_reason) == (None, None, "")
    told = Event.objects.get(kind="visit.unmarked")
    assert told.corrects == Event.objects.get(kind="visit.arrived" if what == "came" else "visit.missed").uid
    stranger = signed_in(worker("service-adviser"))
    assert stranger.post(address.format("correction"), {"what": what, "reason": why}).status_code == 404


def test_a_manager_opens_places_and_reads_numbers_without_names(adviser: Who) -> None:
    (grant,) = stayed(adviser)
    share(signed_in(adviser))
    client = signed_in(worker("unit-manager", ADVISER_UNIT))
    body = client.get(f"/fi/team/places/?from={FRIDAY}").content.decode()
    assert "1/1" in body
    assert grant.resident.last_name not in body
    told = {
        "key": uuid4(), "offering": "respite-stay", "name": "Kotiranta", "places": "3", "begins": "6.00",
        "ends": "22.00", "weekdays": ["FR", "SA", "SU"], "first": str(FRIDAY), "last": str(SUNDAY),
    }  # fmt: skip
    assert client.post("/fi/team/places/openings/", told).status_code == 302
    assert Slot.objects.filter(resource__name="Kotiranta", capacity=3).count() == 3
    for wrong in (
        {"places": "0"},
        {"name": ""},
        {"last": str(TODAY - timedelta(days=9))},
        {"ends": "5.00"},
        {"weekdays": []},
    ):
        assert client.post("/fi/team/places/openings/", {**told, "key": uuid4(), **wrong}).status_code == 422, wrong


def test_days_of_others_are_not_there(adviser: Who) -> None:
    (grant,) = stayed(adviser)
    wish, stranger = DayWish.objects.get(), signed_in(as_who(resident()))
    case = decided(resident(), worker("service-adviser", ADVISER_UNIT))
    assert stranger.get(f"/fi/times/days/{grant.id}/wishes/").status_code == 404
    assert stranger.get(f"/fi/times/days/wishes/{wish.id}/ending/").status_code == 404
    other = signed_in(worker("service-adviser"))
    assert other.get(f"/fi/team/cases/{case.id}/days/").status_code == 404
    assert signed_in(adviser).post(f"/fi/team/cases/{case.id}/days/{grant.id}/ending/").status_code == 404
    assert "ei ole päiväkohtaisia paikkoja" in other.get("/fi/team/places/").content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "x", "", "2026-13-01", "%00"])
def test_days_that_are_none_in_an_address_are_left_out(adviser: Who, day: str) -> None:
    beds(1)
    client = signed_in(adviser)
    for address in (
        "places/?from=",
        "places/?span=month&from=",
        "places/day/?day=",
        "places/wishes/?last=2027-01-01&first=",
    ):
        assert client.get(f"/fi/team/{address}{day}").status_code == 200, address
    told = {"offering": "respite-stay", "first": day, "last": day, "seen": ""}
    assert client.post("/fi/team/places/wishes/", told).status_code == 409


def test_a_mark_on_a_day_that_is_not_there_is_refused_like_a_missing_one(adviser: Who) -> None:
    stayed(adviser)
    client = signed_in(adviser)
    share(client)
    first = Booking.objects.earliest("slot__starts_at")
    other = signed_in(worker("service-adviser"))
    for what in ("came", "missed", "nothing"):
        assert other.post(f"/fi/team/places/days/{first.id}/attendance/", {"what": what}).status_code == 404
        assert client.post(f"/fi/team/places/days/{uuid4()}/attendance/", {"what": what}).status_code == 404


def test_those_who_share_places_read_which_family_gave_its_days_up(adviser: Who) -> None:
    stayed(adviser)
    client = signed_in(adviser)
    share(client)
    got = DayWish.objects.get(answer="given")
    page = f"/fi/team/places/?from={FRIDAY}"
    assert "Asukkaat ovat luopuneet" not in client.get(page).content.decode()
    signed_in(as_who(got.grant.resident)).post(f"/fi/times/days/wishes/{got.id}/ending/")
    told = client.get(page).content.decode()
    assert ("Asukkaat ovat luopuneet" in told, "Perhe0" in told) == (True, True)
