"""What a source outside tells becomes services of the county: found, with ways in, and never half."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from luotsi.base.text import Text
from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions, definitions, queries
from luotsi.domain.catalogue.models import Channel, Connection, Service, ServiceCollection
from luotsi.domain.catalogue.ports import (
    Fault,
    Told,
    ToldChannel,
    ToldCollection,
    ToldHours,
    ToldPlace,
    ToldService,
)
from luotsi.domain.events.models import Event
from tests.domain.catalogue.conftest import TUESDAY_MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def service(name: str = "Puutarhakerho", number: str = "s-1", **more: Any) -> ToldService:
    words = {"summary": Text(fi=f"{name} kasvattaa."), "description": Text(fi="Multaa ja taimia.")}
    empty = dict.fromkeys(("user_instruction", "next_steps", "cost", "provider"), Text(fi=""))
    codes: dict[str, Any] = {"audience": (), "service_class": ("P5",), "life_events": ("KE5",), "municipalities": ()}
    told = {"words": {"fi": ("kasvimaa",)}, "channels": ("c-1",), **words, **empty, **codes} | more
    return ToldService(id=number, name=Text(fi=name), **told)


def channel(number: str = "c-1", **more: Any) -> ToldChannel:
    told: dict[str, Any] = {"phones": (("", "08 1"),)} | more
    return ToldChannel(id=number, kind="Phone", name=Text(fi="Linja"), summary=Text(fi=""), **told)


def take(*services: ToldService, channels: tuple[ToldChannel, ...] = (), **more: Any) -> actions.Taken:
    told = Told("ptv", services, channels or (channel(),), **{k: v for k, v in more.items() if k != "is_trial"})
    return actions.take_in(told, by=SYSTEM, at=TUESDAY_MORNING, is_trial=more.get("is_trial", False))


def page(key: str, municipality: str | None = None) -> queries.ServicePage:
    found = queries.service_page(key, "fi", municipality, TUESDAY_MORNING)
    assert found
    return found


def test_a_new_service_is_found_by_its_words_and_has_its_ways_in() -> None:
    taken = take(service())
    assert taken.added == ("puutarhakerho",)
    (first, *_) = queries.find("kasvimaalle", language="fi", at=TUESDAY_MORNING).results
    assert first.key == "puutarhakerho"
    assert [(way.kind, way.phone) for way in page("puutarhakerho").ways_in] == [("phone", "08 1")]
    assert Event.objects.filter(kind="catalogue.loaded").latest("id").body["added"] == 1


def test_taking_the_same_again_changes_nothing() -> None:
    take(service())
    before = Event.objects.count()
    taken = take(service())
    assert taken.is_empty
    assert taken.same == 1
    assert Event.objects.count() == before


def test_a_change_is_written_under_the_same_key() -> None:
    take(service())
    taken = take(service("Kerho pihalla"))
    assert taken.changed == ("puutarhakerho",)
    assert page("puutarhakerho").name == "Kerho pihalla"


def test_what_is_no_longer_told_is_unpublished_and_comes_back_under_its_key() -> None:
    take(service())
    assert take(channels=(channel(),)).unpublished == ("puutarhakerho",)
    assert Service.objects.get(key="puutarhakerho").unpublished_at == TUESDAY_MORNING
    assert queries.service_page("puutarhakerho", "fi", None, TUESDAY_MORNING) is None
    assert take(service()).added == ("puutarhakerho",)
    assert page("puutarhakerho").name == "Puutarhakerho"


def test_a_part_unpublishes_nothing() -> None:
    take(service())
    assert take(service("Toinen", "s-2"), is_whole=False).unpublished == ()
    assert page("puutarhakerho")


def test_the_shelfs_own_services_stay_whatever_is_told() -> None:
    take()
    assert page("dental-care")


def test_a_trial_says_what_would_change_and_changes_nothing() -> None:
    taken = take(service(), is_trial=True)
    assert taken.added == ("puutarhakerho",)
    assert not Service.objects.filter(source="ptv").exists()
    assert not Channel.objects.filter(source="ptv").exists()


def test_a_fault_that_stops_keeps_the_old_catalogue() -> None:
    take(service())
    fault = Fault("a.json", "Service 1", "serviceNames", "no_name")
    with pytest.raises(actions.NotTaken) as refused:
        take(service("Muu"), faults=(fault,))
    assert refused.value.faults == (fault,)
    assert page("puutarhakerho").name == "Puutarhakerho"
    assert take(service("Muu"), faults=(replace(fault, stops=False),)).changed == ("puutarhakerho",)


def test_two_services_of_one_name_have_keys_of_their_own() -> None:
    taken = take(service(), service(number="s-2abcdefgh"), service("Hammashoito", "s-3"))
    assert taken.added == ("puutarhakerho", "puutarhakerho-s-2abcde", "hammashoito")


def test_what_is_for_other_counties_is_left_out() -> None:
    taken = take(service(municipalities=("091",)), service("Täällä", "s-2", municipalities=("091", "205")))
    assert (taken.added, taken.outside) == (("taalla",), 1)
    assert Service.objects.get(key="taalla").municipalities == ["205"]
    assert page("taalla", "205").is_offered
    assert not page("taalla", "765").is_offered


def test_a_place_its_phone_and_its_hours_are_ways_of_one_channel() -> None:
    hours = (
        ToldHours("weekly", 1, *(TUESDAY_MORNING.time().replace(hour=hour) for hour in (8, 16))),
        ToldHours("exceptional", first_day=date(2026, 12, 1), last_day=date(2026, 12, 1)),
    )
    place = ToldPlace("Sairaalatie 1", "87140", Text(fi="Kajaani"), "205", 7_125_000.0, 536_000.0)
    take(service(), channels=(channel(places=(place,), hours=hours),))
    walk, call = page("puutarhakerho").ways_in
    assert (walk.kind, walk.address, walk.is_open_now) == ("walk_in", "Sairaalatie 1, 87140 Kajaani", True)
    assert (call.kind, call.phone) == ("phone", "08 1")
    closed = TUESDAY_MORNING + timedelta(days=7)
    later = queries.service_page("puutarhakerho", "fi", None, closed)
    assert later is not None
    assert not later.ways_in[0].is_open_now


def test_a_number_that_is_gone_is_no_way_in_any_more() -> None:
    take(service(), channels=(channel(phones=(("", "08 1"), ("", "08 2"))),))
    take(service(), channels=(channel(phones=(("", "08 2"),)),))
    assert [way.phone for way in page("puutarhakerho").ways_in] == ["08 2"]


def test_a_service_on_the_shelf_keeps_its_texts_and_gets_the_ways_in(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = definitions.services()
    known = shelf | {"dental-care": shelf["dental-care"].model_copy(update={"ptv": "s-9"})}
    monkeypatch.setattr(definitions, "services", lambda: known)
    before = page("dental-care")
    assert take(service("Suun terveydenhuolto", "s-9")).is_empty
    after = page("dental-care")
    assert after.name == before.name
    assert [way.phone for way in after.ways_in][-1] == "08 1"
    assert len(after.ways_in) == len(before.ways_in) + 1
    take(service("Suun terveydenhuolto", "s-9"))
    assert Connection.objects.filter(service__key="dental-care", channel__source="ptv").count() == 1


def test_a_collection_holds_its_services_and_goes_when_it_is_gone() -> None:
    collection = ToldCollection("k-1", Text(fi="Kesän kerhot"), Text(fi=""), ("s-1", "s-77"))
    take(service(), collections=(collection,))
    row = ServiceCollection.objects.get(key="kesan-kerhot")
    assert [one.key for one in row.services.all()] == ["puutarhakerho"]
    take(service())
    row.refresh_from_db()
    assert row.unpublished_at == TUESDAY_MORNING
