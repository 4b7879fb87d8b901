"""A resident whose birth date nobody knows: a code that says so, the date when it comes, and what waits for it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from luotsi.base.codes import CODE, has_code, redact
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import actions, queries, rules
from luotsi.domain.people.actions.desk import register_at_desk
from luotsi.domain.people.models import Resident
from tests.factories import MORNING, resident, worker

pytestmark = pytest.mark.django_db
NEW: dict[str, Any] = {"first_name": "Tuntematon", "last_name": "Löydetty", "municipality": "", "language": "fi"}


@pytest.fixture
def nurse() -> Who:
    return worker()


def found(**more: Any) -> Resident:
    return actions.register_temporary(birth_date=None, by=SYSTEM, at=MORNING, **NEW | more)


def code_of(row: Resident) -> str:
    return rules.decrypt_identity(bytes(row.identity_code), settings.IDENTITY_KEY)


def test_the_code_says_that_the_date_is_not_known_and_finds_the_person(nurse: Who) -> None:
    done = register_at_desk(key=uuid4(), birth_date=None, by=nurse, at=MORNING, **NEW)
    code = done.temporary_code
    assert (len(code), code[:2], code[7]) == (11, "00", "9")
    assert rules.birth_date_of(rules.normalise_identity(f" {code.lower()} ")) is None
    hit = queries.find_by_code(code, viewer=nurse)
    assert hit is not None
    assert hit.id == done.resident
    person = queries.person(done.resident)
    assert (person.birth_date, person.masked_code, person.has_temporary_code) == (None, "***********", True)


def test_a_free_code_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    first = code_of(found())
    drawn = iter([first, first])
    monkeypatch.setattr(rules, "undated_code", lambda original=rules.undated_code: next(drawn, None) or original())
    second = found()
    assert Resident.objects.count() == 2
    assert code_of(second) != first


@pytest.mark.parametrize("text", ["001234A900{}", "00123XA9001", "001234B900{}", "001234A100{}"])
def test_what_only_looks_like_such_a_code_is_refused(text: str) -> None:
    right = "0123456789ABCDEFHJKLMNPRSTUVWXY"[1_234_900 % 31]
    wrong = text.format("0" if right != "0" else "1")
    with pytest.raises(rules.BadIdentityCode):
        rules.normalise_identity(wrong)
    with pytest.raises(rules.BadIdentityCode):
        rules.normalise_identity(f"001234A900{right}", allow_temporary=False)
    assert rules.normalise_identity(f"001234A900{right}") == f"001234A900{right}"


@pytest.mark.parametrize("form", ["{}", "x{}y", "q={};", "(tunnus {})"])
def test_such_a_code_leaves_texts_like_any_other(form: str) -> None:
    for _ in range(20):
        text = form.format(rules.undated_code())
        assert has_code(text)
        assert redact(text) == form.format(CODE)
    assert not has_code("001234-1239")


def test_only_a_temporary_record_may_be_without_the_date() -> None:
    person = resident()
    with pytest.raises(IntegrityError), transaction.atomic():
        Resident.objects.filter(id=person.id).update(birth_date=None)


def test_the_date_is_recorded_once_and_mended(nurse: Who) -> None:
    row = found()
    for born, changed in ((date(2001, 5, 5), True), (date(2001, 5, 5), False), (date(2010, 5, 5), True)):
        told = actions.record_birth_date(resident=row.id, birth_date=born, by=nurse, at=MORNING)
        assert told is changed
        assert queries.births([row.id]) == {row.id: born}
    facts = Event.objects.filter(kind="resident.changed", resident=row.id)
    assert [fact.body for fact in facts] == [{"fields": ["birth_date"]}] * 2, "the date itself stands in no event"
    assert queries.is_date_open(row.id)


def test_a_date_that_cannot_be_is_refused(nurse: Who) -> None:
    row = found()
    actions.record_death(resident=row.id, died_on=MORNING.date() - timedelta(days=3), by=nurse, at=MORNING)
    for born in (MORNING.date() + timedelta(days=1), date(1849, 12, 31), MORNING.date() - timedelta(days=2)):
        with pytest.raises(rules.NotPossible):
            actions.record_birth_date(resident=row.id, birth_date=born, by=nurse, at=MORNING)
    dated = actions.register_temporary(birth_date=date(1990, 1, 1), by=SYSTEM, at=MORNING, **NEW)
    for one in (resident(), dated):
        assert not queries.is_date_open(one.id)
        with pytest.raises(rules.NotPossible, match="identity code says"):
            actions.record_birth_date(resident=one.id, birth_date=date(1991, 1, 1), by=nurse, at=MORNING)
    with pytest.raises(NotAllowed):
        actions.record_birth_date(
            resident=row.id, birth_date=date(1991, 1, 1), by=worker(role="privacy-officer"), at=MORNING
        )


def test_joining_takes_the_real_date_and_separating_gives_it_back() -> None:
    officer, row, real = worker(role="privacy-officer"), found(), resident(date(1980, 5, 5))
    for _ in range(2):
        actions.join(temporary=row.id, real=real.id, by=officer, at=MORNING)
        assert queries.births([row.id, real.id]) == dict.fromkeys([row.id, real.id], date(1980, 5, 5))
        row.refresh_from_db()
        assert row.birth_date == date(1980, 5, 5)
        assert not queries.is_date_open(row.id)
    actions.separate(temporary=row.id, reason="Toinen henkilö", by=officer, at=MORNING)
    assert queries.births([row.id, real.id]) == {row.id: None, real.id: date(1980, 5, 5)}


@pytest.mark.parametrize("kind", ["guardian", "mandate", "trustee"])
def test_nobody_is_given_a_right_that_depends_on_an_age_that_is_not_known(nurse: Who, kind: str) -> None:
    row, adult = found(), resident()
    asked: dict[str, Any] = {"kind": kind, "registers": ["health"], "source": "document", "by": nurse, "at": MORNING}
    with pytest.raises(rules.AgeUnknown, match="giver"):
        actions.give_mandate(principal=row.id, agent=adult.id, **asked)
    child_or_adult = resident(date(2015, 1, 1) if kind == "guardian" else date(1950, 1, 1))
    with pytest.raises(rules.AgeUnknown, match="holder"):
        actions.give_mandate(principal=child_or_adult.id, agent=row.id, **asked)
    born = date(2015, 1, 1) if kind == "guardian" else date(1980, 1, 1)
    actions.record_birth_date(resident=row.id, birth_date=born, by=nurse, at=MORNING)
    assert actions.give_mandate(principal=row.id, agent=adult.id, **asked).principal_id == row.id


def test_namesakes_without_a_date_are_asked_about_and_others_only_by_their_day(nurse: Who) -> None:
    row = found(first_name="Toivo", last_name="Samanen")
    dated = actions.register_temporary(
        birth_date=date(1990, 1, 1), by=SYSTEM, at=MORNING, **NEW | {"first_name": "Toivo", "last_name": "Samanen"}
    )
    asked: dict[str, Any] = {"first_name": "Toivo", "last_name": "Samanen", "but": uuid4(), "viewer": nurse}
    assert {one.id for one in queries.namesakes(born=None, **asked)} == {row.id}
    assert {one.id for one in queries.namesakes(born=date(1990, 1, 1), **asked)} == {row.id, dated.id}
    (only,) = queries.namesakes(born=date(1991, 1, 1), **asked)
    assert (only.id, only.is_undated) == (row.id, True)


def test_without_a_date_nothing_is_past_its_time_by_age() -> None:
    row = found()
    (life,) = queries.lifetimes([row.id])
    assert dict(life.known) == {}
