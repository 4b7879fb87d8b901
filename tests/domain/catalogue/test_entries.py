"""An organisation keeps its own services: written, checked by somebody of the county, published, taken down."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from luotsi.base.text import Text
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.catalogue.actions import entries as actions
from luotsi.domain.catalogue.models import Intake, Service, TrayEntry
from luotsi.domain.catalogue.queries import entries as queries
from luotsi.domain.catalogue.rules import entries as rules
from luotsi.domain.catalogue.rules.entries import Content, NotPossible
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from tests.factories import MORNING, worker

NEXT_YEAR = MORNING.date() + timedelta(days=200)
CONTENT = Content(
    kind="exercise",
    name=Text(fi="Rollaattorikävely", sv="Promenad med rollator"),
    summary=Text(fi="Kävelemme yhdessä kerran viikossa."),
    description=Text(fi="Kuljemme rauhallista vauhtia, ja levätä saa."),
    coming=Text(fi="Tiistaisin kello 10 torilta. Ilmoittautua ei tarvitse."),
    phone="08 000 0151",
    street="Kauppakatu 1",
    postcode="87100",
    post_office="Kajaani",
    municipality="205",
)


@pytest.fixture
def taru(db: None) -> Who:
    return worker("organisation-worker", "kainuun-kumppanit", "Taru Testi")


@pytest.fixture
def oona(db: None) -> Who:
    return worker("service-adviser", "asiakasohjaus", "Oona Testi")


def at(hours: int) -> object:
    return MORNING + timedelta(hours=hours)


def written(by: Who, content: Content = CONTENT) -> UUID:
    return actions.begin(
        key=uuid4(), unit="kainuun-kumppanit", content=content, review_on=NEXT_YEAR, by=by, at=MORNING
    ).id


def published(by: Who, checker: Who) -> UUID:
    entry = written(by)
    actions.send(entry=entry, by=by, at=MORNING + timedelta(hours=1))
    actions.check(entry=entry, by=checker, at=MORNING + timedelta(hours=2))
    actions.publish(entry=entry, by=by, at=MORNING + timedelta(hours=3))
    return entry


def found(words: str) -> list[str]:
    results = catalogue.find(words, language="fi", municipality=None, age=None, at=MORNING + timedelta(hours=4)).results
    return [one.key for one in results]


def test_what_is_published_is_found_at_once_and_a_draft_is_not(taru: Who, oona: Who) -> None:
    written(taru)
    assert found("rollaattori") == []
    TrayEntry.objects.all().delete()
    entry = published(taru, oona)
    assert found("rollaattorikävely") == ["rollaattorikavely"]
    view = queries.entry(entry, viewer=taru, at=MORNING + timedelta(hours=4))
    assert (view.state, view.service) == ("published", "rollaattorikavely")
    page = catalogue.service_page("rollaattorikavely", "fi", "205", MORNING)
    assert page is not None
    assert page.unit == "kainuun-kumppanit"
    assert {way.kind for way in page.ways_in} == {"walk_in", "phone"}


def test_a_change_is_read_by_nobody_until_it_is_checked_and_published(taru: Who, oona: Who) -> None:
    entry = published(taru, oona)
    seen = TrayEntry.objects.get().written_at
    new = replace(CONTENT, name=Text(fi="Sauvakävely"))
    actions.rewrite(entry=entry, content=new, review_on=NEXT_YEAR, seen=seen, by=taru, at=MORNING + timedelta(hours=5))
    view = queries.entry(entry, viewer=taru, at=MORNING + timedelta(hours=5))
    assert (view.state, view.changed) == ("draft", ("name",))
    assert Service.objects.published().get(source="tray").name["fi"] == "Rollaattorikävely"
    with pytest.raises(NotPossible):
        actions.publish(entry=entry, by=taru, at=MORNING + timedelta(hours=6))


def test_taking_it_down_hides_it_and_deletes_nothing(taru: Who, oona: Who) -> None:
    entry = published(taru, oona)
    actions.withdraw(entry=entry, by=oona, at=MORNING + timedelta(hours=5))
    assert found("rollaattorikävely") == []
    assert Service.objects.filter(source="tray").count() == 1
    assert queries.entry(entry, viewer=taru, at=MORNING).state == "withdrawn"


def test_telling_the_catalogue_again_changes_nothing(taru: Who, oona: Who) -> None:
    published(taru, oona)
    before = list(Service.objects.values().order_by("key"))
    actions.tell_catalogue(at=MORNING + timedelta(days=1))
    assert list(Service.objects.values().order_by("key")) == before
    assert Intake.objects.filter(source="tray").order_by("-id")[0].changed == 0


def test_somebody_else_checks_it_and_only_those_who_may(taru: Who, oona: Who) -> None:
    entry = written(taru)
    actions.send(entry=entry, by=taru, at=MORNING + timedelta(hours=1))
    for stranger in (taru, worker("nurse"), worker("organisation-worker", "kajaanin-liikunta", "Lasse Liikuttaja")):
        with pytest.raises(NotAllowed):
            actions.check(entry=entry, by=stranger, at=MORNING + timedelta(hours=2))
    actions.check(entry=entry, by=oona, at=MORNING + timedelta(hours=2))
    with pytest.raises(NotAllowed):
        actions.publish(entry=entry, by=oona, at=MORNING + timedelta(hours=3))
    with pytest.raises(IntegrityError), transaction.atomic():
        TrayEntry.objects.filter(id=entry).update(answered_by=taru.id)


def test_another_organisation_neither_sees_nor_writes_it(taru: Who) -> None:
    entry = written(taru)
    other = worker("organisation-worker", "kajaanin-liikunta", "Lasse Liikuttaja")
    assert queries.entries(viewer=other, at=MORNING) == []
    with pytest.raises(NotAllowed):
        queries.entry(entry, viewer=other, at=MORNING)
    with pytest.raises(NotAllowed):
        actions.rewrite(entry=entry, content=CONTENT, review_on=None, seen=MORNING, by=other, at=MORNING)
    with pytest.raises(NotAllowed):
        actions.begin(key=uuid4(), unit="kainuun-kumppanit", content=CONTENT, review_on=None, by=other, at=MORNING)


def test_what_lacks_a_way_in_or_a_day_is_not_sent_and_says_what_lacks(taru: Who) -> None:
    bare = Content(kind="exercise", name=Text(fi="Kävely"))
    entry = actions.begin(
        key=uuid4(), unit="kainuun-kumppanit", content=bare, review_on=MORNING.date(), by=taru, at=MORNING
    )
    with pytest.raises(NotPossible) as refusal:
        actions.send(entry=entry.id, by=taru, at=MORNING)
    assert refusal.value.lacks == ("summary", "description", "coming", "way", "review_on")


def test_two_who_write_at_once_do_not_write_over_each_other(taru: Who) -> None:
    entry = written(taru)
    actions.rewrite(entry=entry, content=replace(CONTENT, phone="08 1"), review_on=NEXT_YEAR, seen=MORNING, by=taru, at=MORNING + timedelta(hours=1))  # fmt: skip  # noqa: E501
    with pytest.raises(NotPossible):
        actions.rewrite(entry=entry, content=replace(CONTENT, phone="08 2"), review_on=NEXT_YEAR, seen=MORNING, by=taru, at=MORNING + timedelta(hours=2))  # fmt: skip  # noqa: E501
    assert queries.entry(entry, viewer=taru, at=MORNING).content.phone == "08 1"


def test_what_waits_for_the_reader_stands_first(taru: Who, oona: Who) -> None:
    draft, sent = written(taru), written(taru, replace(CONTENT, name=Text(fi="Zumba")))
    actions.send(entry=sent, by=taru, at=MORNING + timedelta(hours=1))
    assert [one.id for one in queries.entries(viewer=oona, at=MORNING)] == [sent, draft]
    actions.give_back(entry=sent, remark="Missä kokoonnutaan?", by=oona, at=MORNING + timedelta(hours=2))
    first = next(iter(queries.entries(viewer=taru, at=MORNING)))
    assert (first.id, first.remark) == (sent, "Missä kokoonnutaan?")


def test_the_review_day_is_said_when_it_has_come(taru: Who, oona: Who) -> None:
    entry = published(taru, oona)
    for day, overdue in ((-1, False), (0, True)):
        moment = MORNING + (NEXT_YEAR - MORNING.date()) + timedelta(days=day)
        assert queries.entry(entry, viewer=taru, at=moment).is_overdue is overdue


def test_each_step_is_an_event_of_the_organisation_and_of_nobody(taru: Who, oona: Who) -> None:
    published(taru, oona)
    rows = Event.objects.filter(kind="entry.moved").order_by("id")
    assert [row.body["step"] for row in rows] == ["write", "send", "check", "publish"]
    assert {(row.unit, row.resident) for row in rows} == {("kainuun-kumppanit", None)}


def test_the_state_is_the_last_that_happened_to_what_is_written_now() -> None:
    names = ("sent_at", "returned_at", "checked_at", "published_at", "withdrawn_at")
    nothing = dict.fromkeys(names) | {"shown": None, "written_at": at(5)}
    for moments, state in (
        ({}, "draft"), ({"sent_at": at(5)}, "sent"), ({"sent_at": at(4)}, "draft"),
        ({"sent_at": at(6), "returned_at": at(7)}, "returned"), ({"sent_at": at(6), "checked_at": at(7)}, "checked"),
        ({"checked_at": at(6), "published_at": at(7)}, "published"), ({"published_at": at(4)}, "draft"),
        ({"published_at": at(6), "withdrawn_at": at(7)}, "withdrawn"),
    ):  # fmt: skip
        assert rules.state(SimpleNamespace(**nothing | moments)) == state, moments  # type: ignore[arg-type]


def test_content_is_stored_and_read_back_whole() -> None:
    assert Content.of(CONTENT.to_store()) == CONTENT
    assert Content.of(CONTENT.to_store() | {"of_a_later_version": 1}) == CONTENT
    assert CONTENT.in_languages()["name"] == ("en",)


@pytest.mark.django_db
def test_the_system_has_no_organisation() -> None:
    with pytest.raises(NotAllowed):
        actions.begin(key=uuid4(), unit="kainuun-kumppanit", content=CONTENT, review_on=None, by=SYSTEM, at=MORNING)
