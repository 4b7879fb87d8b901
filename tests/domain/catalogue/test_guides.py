"""Guides: drafted, changed, published by what holds, read through again, taken away; what residents read of them."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from luotsi.base.shelf import load
from luotsi.base.text import LANGUAGES, Text
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.actions import guides
from luotsi.domain.catalogue.actions.guides import CannotBeDone, Stale
from luotsi.domain.catalogue.definitions import Guide as Written
from luotsi.domain.catalogue.models import Guide
from luotsi.domain.catalogue.queries import guides as queries
from luotsi.domain.catalogue.rules.guides import Known, faults, is_due, state_of
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from tests.factories import MORNING, worker

TODAY = MORNING.date()
KNOWN = Known(
    services={"family-centre"}, collections={"vauva"}, guides={"above", "below"}, below={"below"},
    units={"perhekeskus"}, notices={"violence"},
)  # fmt: skip


def three(words: str) -> Text:
    return Text(fi=words, sv=f"{words} på svenska", en=f"{words} in English")


def written(**more: Any) -> Written:
    known: dict[str, Any] = {
        "key": "sleep", "name": three("Uni"), "summary": three("Kun ei nuku."), "body": three("## Näin\n\nNuku."),
        "owner": "perhekeskus", "review_on": TODAY + timedelta(days=200),
    }  # fmt: skip
    return Written(**{**known, **more})


@pytest.fixture
def editor(db: None) -> Who:
    return worker("service-manager", "kehittaminen", name="Erja Editoija")


def published(editor: Who, **more: Any) -> Guide:
    row = guides.draft(guide=written(**more), id=uuid4(), by=editor, at=MORNING)
    return guides.publish(guide=row.id, revision=0, by=editor, at=MORNING)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"name": Text(fi="Uni", sv="Sömn")}, "missing"),
        ({"body": Text(fi=" ", sv="x", en="x")}, "missing"),
        ({"body": three("[x](javascript:alert)")}, "link"),
        ({"body": three("[x](http://x.fi)")}, "link"),
        ({"body": three("[x](service:no-such)")}, "service"),
        ({"body": three("[x](guide:no-such)")}, "guide"),
        ({"services": ("no-such",)}, "service"),
        ({"collections": ("no-such",)}, "collection"),
        ({"owner": "no-such"}, "owner"),
        ({"review_on": TODAY}, "review"),
        ({"review_on": TODAY + timedelta(days=731)}, "review"),
        ({"part_of": "no-such"}, "part_of"),
        ({"part_of": "below"}, "part_of"),
        ({"key": "above", "part_of": "above"}, "part_of"),
        ({"notice": "no-such"}, "notice"),
    ],
)
def test_what_is_to_be_mended_keeps_a_guide_from_residents(more: dict[str, Any], why: str) -> None:
    assert {one.why for one in faults(written(**more), KNOWN, today=TODAY)} == {why}


def test_a_whole_guide_has_nothing_to_mend() -> None:
    whole = written(
        body=three("[x](service:family-centre) [y](guide:above) [z](https://www.suomi.fi)"), part_of="above",
        services=("family-centre",), collections=("vauva",), notice="violence", review_on=TODAY + timedelta(days=730),
    )  # fmt: skip
    assert faults(whole, KNOWN, today=TODAY) == ()


@pytest.mark.parametrize(
    ("facts", "state"),
    [((False, False, False), "draft"), ((True, False, True), "published"), ((True, True, False), "earlier"),
     ((True, True, True), "ended")],
)  # fmt: skip
def test_how_a_version_stands_follows_from_what_happened(facts: tuple[bool, bool, bool], state: str) -> None:
    assert state_of(is_published=facts[0], is_ended=facts[1], is_newest=facts[2]) == state


def test_a_guide_is_to_be_read_again_a_month_before_its_day() -> None:
    assert is_due(TODAY + timedelta(days=30), TODAY)
    assert not is_due(TODAY + timedelta(days=31), TODAY)


def test_residents_read_a_guide_from_when_it_is_published(editor: Who) -> None:
    row = guides.draft(guide=written(), id=uuid4(), by=editor, at=MORNING)
    assert queries.guide_page("sleep", "fi") is None
    guides.publish(guide=row.id, revision=0, by=editor, at=MORNING)
    page = queries.guide_page("sleep", "fi")
    assert page is not None
    assert page.text.name.fi == "Uni"
    assert [one.name for one, _ in queries.guides("sv")] == ["Uni på svenska"]
    assert list(Event.objects.filter(subject=row.id).order_by("id").values_list("kind", flat=True)) == [
        "guide.drafted", "guide.published",
    ]  # fmt: skip


def test_a_guide_that_lacks_swedish_is_not_published(editor: Who) -> None:
    row = guides.draft(guide=written(name=Text(fi="Uni", en="Sleep")), id=uuid4(), by=editor, at=MORNING)
    with pytest.raises(CannotBeDone, match="unfinished"):
        guides.publish(guide=row.id, revision=0, by=editor, at=MORNING)
    assert queries.guide_page("sleep", "fi") is None


def test_a_next_version_takes_the_place_of_the_one_before_and_both_stay(editor: Who) -> None:
    published(editor)
    row = guides.draft_next(key="sleep", id=uuid4(), by=editor, at=MORNING)
    guides.change(guide=row.id, to=written(name=three("Hyvä uni")), note="Uusi nimi", revision=0, by=editor, at=MORNING)
    assert queries.guide_page("sleep", "fi").text.name.fi == "Uni"  # type: ignore[union-attr]
    guides.publish(guide=row.id, revision=1, by=editor, at=MORNING)
    assert queries.guide_page("sleep", "fi").text.name.fi == "Hyvä uni"  # type: ignore[union-attr]
    newest, first = queries.versions(editor, "sleep")
    assert (newest.version, newest.state, newest.note, newest.published_by) == (
        2,
        "published",
        "Uusi nimi",
        editor.name,
    )
    assert (first.version, first.state, first.text.name.fi) == (1, "earlier", "Uni")


def test_a_draft_may_begin_as_an_earlier_version_stood(editor: Who) -> None:
    published(editor)
    row = guides.draft_next(key="sleep", id=uuid4(), by=editor, at=MORNING)
    guides.change(guide=row.id, to=written(name=three("Muu")), note="", revision=0, by=editor, at=MORNING)
    guides.publish(guide=row.id, revision=1, by=editor, at=MORNING)
    back = guides.draft_next(key="sleep", id=uuid4(), version=1, by=editor, at=MORNING)
    assert (back.version, queries.written(back).name.fi) == (3, "Uni")


def test_nobody_overwrites_what_another_saved_meanwhile(editor: Who) -> None:
    row = guides.draft(guide=written(), id=uuid4(), by=editor, at=MORNING)
    guides.change(guide=row.id, to=written(name=three("A")), note="", revision=0, by=editor, at=MORNING)
    with pytest.raises(Stale):
        guides.change(guide=row.id, to=written(name=three("B")), note="", revision=0, by=editor, at=MORNING)
    assert queries.draft(editor, row.id).text.name.fi == "A"


def test_the_same_press_twice_is_one_draft_and_a_second_draft_is_refused(editor: Who) -> None:
    number = uuid4()
    first = guides.draft(guide=written(), id=number, by=editor, at=MORNING)
    assert guides.draft(guide=written(), id=number, by=editor, at=MORNING).id == first.id
    with pytest.raises(CannotBeDone, match="taken"):
        guides.draft(guide=written(), id=uuid4(), by=editor, at=MORNING)
    with pytest.raises(CannotBeDone, match="drafted"):
        guides.draft_next(key="sleep", id=uuid4(), by=editor, at=MORNING)


def test_the_database_keeps_what_residents_read(editor: Who) -> None:
    row = published(editor)
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), connection.cursor() as sql:
        sql.execute("UPDATE catalogue_guide SET content = '{}' WHERE id = %s", [row.id])


def test_reading_it_through_moves_only_the_day(editor: Who) -> None:
    published(editor)
    guides.review(key="sleep", again_on=date(2027, 3, 1), by=editor, at=MORNING)
    (one,) = queries.versions(editor, "sleep")
    assert (one.version, one.review_on, one.text.name.fi) == (1, date(2027, 3, 1), "Uni")
    with pytest.raises(CannotBeDone, match="review"):
        guides.review(key="sleep", again_on=TODAY, by=editor, at=MORNING)


def test_a_guide_that_is_taken_away_is_found_by_nobody_and_can_come_back(editor: Who) -> None:
    published(editor)
    guides.end(key="sleep", by=editor, at=MORNING)
    assert queries.guide_page("sleep", "fi") is None
    assert queries.guides("fi") == ()
    assert queries.versions(editor, "sleep")[0].state == "ended"
    row = guides.draft_next(key="sleep", id=uuid4(), by=editor, at=MORNING)
    guides.publish(guide=row.id, revision=0, by=editor, at=MORNING)
    assert queries.guide_page("sleep", "fi") is not None


def test_a_draft_is_thrown_away_and_what_is_read_stays(editor: Who) -> None:
    published(editor)
    row = guides.draft_next(key="sleep", id=uuid4(), by=editor, at=MORNING)
    guides.drop(guide=row.id, revision=0, by=editor, at=MORNING)
    assert queries.guide_page("sleep", "fi") is not None
    assert len(queries.versions(editor, "sleep")) == 1


def test_whoever_may_not_keep_guides_does_not(editor: Who) -> None:
    nurse = worker("nurse")
    row = published(editor)
    with pytest.raises(NotAllowed):
        guides.draft(guide=written(key="other"), id=uuid4(), by=nurse, at=MORNING)
    with pytest.raises(NotAllowed):
        guides.end(key="sleep", by=nurse, at=MORNING)
    with pytest.raises(NotAllowed):
        queries.preview(nurse, row.id, "fi")
    with pytest.raises(NotAllowed):
        queries.versions(nurse, "sleep")


@pytest.mark.usefixtures("db")
def test_the_shelf_is_published_once_and_again_when_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    count = guides.load_guides(by=SYSTEM, at=MORNING)
    assert count == len(definitions.guides()) >= 7
    assert guides.load_guides(by=SYSTEM, at=MORNING) == 0
    changed = {"support": definitions.guides()["support"].model_copy(update={"order": 99})}
    monkeypatch.setattr(definitions, "guides", lambda: changed)
    assert guides.load_guides(by=SYSTEM, at=MORNING) == 1
    assert Guide.objects.get(key="support", ended_at=None).version == 2


def test_what_an_editor_wrote_or_took_away_the_shelf_leaves_alone(editor: Who, monkeypatch: pytest.MonkeyPatch) -> None:
    guides.load_guides(by=SYSTEM, at=MORNING)
    row = guides.draft_next(key="support", id=uuid4(), by=editor, at=MORNING)
    guides.end(key="family-centre", by=editor, at=MORNING)
    files = {key: one.model_copy(update={"order": 99}) for key, one in definitions.guides().items()}
    monkeypatch.setattr(definitions, "guides", lambda: {key: files[key] for key in ("support", "family-centre")})
    assert guides.load_guides(by=SYSTEM, at=MORNING) == 0
    assert queries.draft(editor, row.id).text.order != 99


@pytest.mark.usefixtures("catalogue")
def test_a_portal_shows_the_guides_on_its_page_and_services_in_three_languages() -> None:
    guides.load_guides(by=SYSTEM, at=MORNING)
    for language in LANGUAGES:
        page = queries.guide_page("family-centre", language)
        assert page is not None
        assert [one.key for one in page.below] == [
            "expecting-a-baby", "everyday-with-small-children", "when-a-parent-is-exhausted", "when-parents-part",
        ]  # fmt: skip
        assert [one.key for one in page.services] == ["family-centre", "maternity-clinic", "child-health-clinic"]
    below = queries.guide_page("when-parents-part", "sv")
    assert below is not None
    assert below.above is not None
    assert below.above.name == "Familjecentret"


def test_every_guide_on_the_shelf_is_whole_and_one_on_violence_tells_nothing_outside() -> None:
    files = load("guides", Written)
    known = Known(
        services=set(definitions.services()), collections={key for one in files.values() for key in one.collections},
        guides=set(files), below={one.key for one in files.values() if one.part_of},
        units={"perhekeskus", "asiakasohjaus"}, notices={one.key for one in definitions.safety_notices()},
    )  # fmt: skip
    for one in files.values():
        assert [fault for fault in faults(one, known, today=TODAY) if fault.why != "review"] == []
    assert files["support"].discreet
    assert files["support"].notice == "violence"
    assert not {"violence", "vakivalta", "abuse", "vald"} & set(files["support"].key.split("-"))
