"""What goes on which day, what a hold keeps, and that who was erased is nobody's record any more."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from luotsi.base.who import SYSTEM
from luotsi.config import retention
from luotsi.domain.cases.models import CallAttempt, Case, CaseContact, Contact
from luotsi.domain.cases.queries import standing
from luotsi.domain.events.models import Event
from luotsi.domain.messaging.models import Notice
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries
from luotsi.domain.people.definitions import tables
from luotsi.domain.people.models import Consent, ContactCheck, LegalHold, Mandate, Relationship, Resident
from luotsi.domain.questionnaires.models import Response
from tests.domain.people.retained import DIED, MAIL, PAST, all_about, dead, hold, matter, noon, rows_with, run
from tests.factories import identity_code, resident, worker

pytestmark = pytest.mark.django_db
Figures = Callable[[str], None]
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("register", "born", "died", "closed", "gone"),
    [
        ("health", date(1931, 4, 2), date(2014, 3, 5), date(2013, 1, 1), date(2026, 3, 6)),
        ("health", date(1931, 4, 2), date(2012, 2, 29), date(2012, 1, 1), date(2024, 3, 1)),
        ("health", date(1931, 4, 2), date(2014, 3, 5), None, date(2026, 3, 6)),
        ("health", date(1906, 5, 1), None, date(1990, 1, 1), date(2026, 5, 2)),
        ("social", date(1960, 1, 1), None, date(1996, 1, 31), date(2026, 2, 1)),
        ("social", date(1906, 5, 1), None, None, date(2026, 5, 2)),
        ("social", date(1931, 4, 2), date(2014, 3, 5), date(2013, 1, 1), date(2026, 3, 6)),
        ("social", date(1931, 4, 2), date(2014, 3, 5), date(1990, 1, 1), date(2026, 3, 6)),
        ("child_welfare", date(2008, 6, 1), date(2024, 2, 29), date(2020, 1, 1), date(2026, 3, 1)),
        ("none", date(1990, 1, 1), None, date(2021, 3, 1), date(2026, 3, 2)),
    ],
)
def test_documents_go_on_their_day_and_not_the_day_before(
    register: str, born: date, died: date | None, closed: date | None, gone: date
) -> None:
    case = matter(dead(died, born), register, closed=closed)

    run(gone - DAY)
    assert Case.objects.filter(id=case.id).exists()
    outcome = run(gone)

    assert standing([case.id, case.contact_id]) == set()
    rule = tables()["cases_case"].retention[register]  # type: ignore[index]
    assert outcome.by_rule()[rule] == dict.fromkeys(
        ("bookings_booking", "cases_assessment", "cases_case", "cases_casebooking", "cases_contact", "cases_visitnote",
         "clocks_clock", "questionnaires_response"), 1,
    ) | {"clocks_clock": outcome.gone[rule, "clocks_clock"]}  # fmt: skip
    assert outcome.gone[rule, "clocks_clock"] >= 1
    assert run(gone).gone.total() == 0, "a second run finds nothing"


def test_a_contact_that_joined_goes_with_the_matter_and_not_before() -> None:
    case = matter(dead(date(2014, 3, 5), date(1931, 4, 2)), "health", closed=date(2013, 1, 1))
    told = {name: getattr(case, name) for name in ("resident_id", "register", "service", "unit_id")}
    further = Contact.objects.create(key=uuid4(), channel="phone", received_at=case.opened_at, **told)
    CaseContact.objects.create(case=case, contact=further, joined_at=case.opened_at)
    CallAttempt.objects.create(
        key=uuid4(), contact=further, outcome="busy", made_by_id=worker().id, made_at=case.opened_at
    )

    run(date(2026, 3, 5))
    assert standing([further.id]) == {further.id}
    outcome = run(date(2026, 3, 6))

    assert standing([case.id, further.id]) == set()
    rule = tables()["cases_case"].retention["health"]  # type: ignore[index]
    assert (outcome.gone[rule, "cases_contact"], outcome.gone[rule, "cases_callattempt"]) == (2, 1)


def test_the_last_matter_of_a_register_is_what_its_time_is_counted_from() -> None:
    person = dead(None, date(1960, 1, 1))
    old, open_one = matter(person, "social", closed=date(1990, 1, 1)), matter(person, "social")
    health = matter(person, "health", closed=date(1990, 1, 1))

    assert run(PAST).gone.total() == 0
    Case.objects.filter(id=open_one.id).update(closed_at=noon(date(1996, 3, 5)), close_reason="cared")
    run(PAST)

    assert standing([old.id, open_one.id, health.id]) == {health.id}
    assert Resident.objects.get(id=person.id).last_name == person.last_name


def test_who_has_documents_left_is_kept_until_the_last_is_gone() -> None:
    person = dead()
    matter(person, "none", closed=date(2024, 1, 31))

    early = run(PAST)
    late = run(date(2029, 2, 1), dry_run=True)

    assert (early.past, early.erased, early.waiting) == (1, 0, 1)
    assert (late.erased, late.waiting) == (1, 0)


def test_the_erased_person_is_nowhere_in_the_database() -> None:
    person = dead(last_name="Häviävä", first_name="Kaino", street="Katoamiskuja 7", town="Unohdus", postal_code="88888")
    case = matter(person)
    all_about(person)
    words = ("Häviävä", "Kaino", "Katoamiskuja", "Unohdus", MAIL, "040 123 4567")
    assert all(rows_with(word) for word in words), "each word can be found while the person is there"

    outcome = run(PAST)

    assert (outcome.past, outcome.erased, outcome.held) == (1, 1, 0)
    assert [word for word in words if rows_with(word)] == []
    row = Resident.objects.get(id=person.id)
    assert (row.erased_at, row.died_on, row.municipality, bytes(row.identity_code)) == (noon(PAST), None, "", b"")
    for model in (Consent, ContactCheck, Notice, Response):
        assert not model.objects.filter(resident_id=person.id).exists()
    assert not Mandate.objects.filter(principal_id=person.id).exists()
    assert not Relationship.objects.in_force(noon(PAST)).filter(resident_id=person.id).exists()
    kinds = Event.objects.filter(resident=person.id).values_list("kind", flat=True)
    assert list(kinds).count("resident.erased") == 1
    assert Event.objects.filter(subject=case.id).exists(), "what happened is kept"


def test_the_erased_person_is_not_found_by_code_and_cannot_sign_in() -> None:
    code = identity_code(date(1931, 4, 2))
    person = people.register(
        identity_code=code, first_name="Kaino", last_name="Häviävä", municipality="765", language="fi", by=SYSTEM,
        at=noon(DIED),
    )  # fmt: skip
    nurse = worker()
    assert queries.find_by_code(code, viewer=nurse) is not None
    assert queries.resident_as_who(person.id) is not None
    people.record_death(resident=person.id, died_on=DIED, by=nurse, at=noon(PAST))

    run(PAST)

    assert queries.find_by_code(code, viewer=nurse) is None
    assert queries.resident_as_who(person.id) is None
    again = people.identify(
        identity_code=code, first_name="Kaino", last_name="Häviävä", at=noon(PAST), source="suomifi"
    )
    assert again.id != person.id, "nothing leads back to the erased record"


def test_a_living_person_is_kept_and_120_years_are_enough() -> None:
    old, younger = dead(None, date(1906, 3, 5)), dead(None, date(1906, 3, 6))

    outcome = run(PAST)

    assert (outcome.past, outcome.erased) == (1, 1)
    assert Resident.objects.get(id=old.id).erased_at
    assert Resident.objects.get(id=younger.id).last_name == younger.last_name


def test_a_hold_stops_everything_of_that_resident_and_of_nobody_else(figures: Figures) -> None:
    held, free = dead(), dead()
    for person in (held, free):
        matter(person)
        all_about(person)
    Notice.objects.update(created_at=noon(date(2020, 1, 1)))
    Relationship.objects.update(begins_at=noon(date(1999, 1, 1)), ends_at=noon(date(2000, 1, 1)))
    Mandate.objects.update(valid_from=date(1999, 1, 1), valid_to=date(2000, 1, 1))
    stop = hold(held)
    before = _of(held)

    outcome = run(PAST)

    assert min(before.values()) > 0
    assert _of(held) == before
    assert set(_of(free).values()) == {0}
    assert (outcome.past, outcome.erased, outcome.held) == (2, 1, 1)
    wrongly = Resident.objects.filter(id=held.id).exclude(erased_at=None).count()
    figures(
        f"retention: {outcome.past} residents past their time, {outcome.erased} erased, {wrongly} under hold erased"
    )

    people.lift_hold(resident=held.id, by=worker("privacy-officer"), at=noon(PAST))
    assert run(PAST).erased == 1, "without the hold the same person goes"
    assert set(_of(held).values()) == {0}
    assert LegalHold.objects.filter(id=stop.id).exists(), "the hold explains the log for twelve years more"


def test_a_joined_record_counts_with_the_person_it_belongs_to() -> None:
    """The temporary record says nothing of a death, and its own birthday would keep it for a lifetime."""
    person = dead()
    other = _joined(person)
    case = matter(other)

    run(PAST - DAY)
    assert standing([case.id]) == {case.id}
    outcome = run(PAST)

    assert (outcome.past, outcome.erased, standing([case.id])) == (1, 1, set())
    assert Resident.objects.filter(id__in=[person.id, other.id], last_name="", erased_at=noon(PAST)).count() == 2
    assert Event.objects.filter(kind="resident.erased").count() == 1


def test_a_joined_record_does_not_go_before_the_person_and_their_hold_keeps_it() -> None:
    living = dead(None, date(1980, 1, 1))
    of_living = _joined(living, born=date(1900, 1, 1))  # a guessed birthday, more than 120 years ago
    person = dead()
    _joined(person)
    hold(Resident.objects.get(joined_into=person))

    outcome = run(PAST)

    assert (outcome.past, outcome.erased, outcome.held) == (1, 0, 1)
    assert not Resident.objects.exclude(erased_at=None).exists()
    assert Resident.objects.get(id=of_living.id).last_name


def test_a_crash_in_the_middle_loses_nothing_and_is_resumed(monkeypatch: pytest.MonkeyPatch) -> None:
    several = [dead() for _ in range(4)]
    for person in several:
        matter(person)
    monkeypatch.setattr(retention, "PEOPLE", 1)
    real, seen = people.erase_people, []

    def breaks(lives: list[queries.Lifetime], **asked: object) -> object:
        seen.append(lives)
        if len(seen) == 3:
            raise RuntimeError("the power went")
        return real(lives, **asked)

    monkeypatch.setattr(people, "erase_people", breaks)
    with pytest.raises(RuntimeError):
        run(PAST)
    whole = Resident.objects.filter(erased_at=None, id__in=[one.id for one in several])
    assert whole.count() == Case.objects.count() == Contact.objects.count() == 2, "whole batches, and no half of one"
    assert not Event.objects.filter(kind="retention.ran").exists()

    assert run(PAST).erased == 2
    assert Event.objects.filter(kind="resident.erased").count() == 4
    assert Event.objects.filter(kind="retention.ran").count() == 1
    assert not Case.objects.exists()


def _of(person: Resident) -> dict[str, int]:
    """How many rows tell of this person, by table."""
    models = (Contact, Case, Consent, Notice, Response, Relationship)
    of_person = {"resident_id": person.id}
    return {
        **{model.__name__: model.objects.filter(**of_person).count() for model in models},
        "Mandate": Mandate.objects.filter(principal_id=person.id).count(),
        "Name": Resident.objects.filter(id=person.id).exclude(last_name="").count(),
    }


def _joined(person: Resident, born: date = date(2000, 1, 1)) -> Resident:
    other = resident(born)
    Resident.objects.filter(id=other.id).update(has_temporary_code=True)
    people.join(temporary=other.id, real=person.id, by=worker("privacy-officer"), at=noon(PAST))
    other.refresh_from_db()
    return other
