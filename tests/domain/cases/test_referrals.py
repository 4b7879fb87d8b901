"""The referral book: what each step writes, whom it opens to, and what the clock does."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, transaction

from luotsi.base.now import HELSINKI
from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions import referrals
from luotsi.domain.cases.definitions import case_kinds, referral_routes
from luotsi.domain.cases.models import Case, Referral, ReferralEntry
from luotsi.domain.cases.queries import referrals as book
from luotsi.domain.cases.rules import NotPossible
from luotsi.domain.cases.rules.referral import NoConsent
from luotsi.domain.clocks import actions as clocks
from luotsi.domain.clocks import queries as clock_queries
from luotsi.domain.events.models import Use
from luotsi.domain.events.queries import story_of
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries as person_queries
from tests.factories import as_who, assessed, contact, resident, worker

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=HELSINKI)


@pytest.fixture(autouse=True)
def the_same_week() -> Iterator[None]:
    with time_machine.travel(MONDAY + timedelta(days=4)):
        yield


@pytest.fixture
def nurse() -> Who:
    return worker(name="Hilla Hoitaja")


@pytest.fixture
def physio() -> Who:
    return worker("physiotherapist", "fysioterapia", "Frans Fysio")


@pytest.fixture
def case(nurse: Who) -> Case:
    made = contact(at=MONDAY - timedelta(hours=2))
    return assessed(made, nurse)


def sent(case: Case, by: Who, route: str = "physiotherapy", unit: str = "fysioterapia", **more: Any) -> Referral:
    told = {"question": "Polvi, harjoitteluohjelma", "key": uuid4(), "at": MONDAY} | more
    return referrals.send(case=case.id, route=route, to_unit=unit, by=by, **told)


def chip(referral: Referral, on: date | None = None) -> Any:
    return clock_queries.clocks_of([referral.id], on=on)[referral.id][0]


_later = count(1)


def step(referral: Referral) -> dict[str, Any]:
    """What every step is told, each a little after the one before."""
    at = MONDAY + timedelta(seconds=next(_later))
    return {"referral": referral.id, "key": uuid4(), "at": at}


def test_sending_starts_the_county_s_own_promise_of_five_working_days(case: Case, nurse: Who) -> None:
    clock = chip(sent(case, nurse))

    assert (clock.line, clock.rule, clock.due) == ("referral_answer", "REFERRAL-ANSWER-5WD", date(2026, 3, 9))
    assert "oma lupaus, ei laki" in " ".join(line.fi for line in clock.because)


def test_an_urgent_one_is_answered_on_the_next_working_day(case: Case, nurse: Who) -> None:
    assert chip(sent(case, nurse, urgency="urgent")).due == date(2026, 3, 3)


def test_accepting_opens_the_receiver_s_own_case_and_meets_the_promise(case: Case, nurse: Who, physio: Who) -> None:
    referral = referrals.accept(by=physio, **step(sent(case, nurse)))

    opened = Case.objects.get(id=referral.opened_id)
    assert (opened.unit_id, opened.resident_id, opened.service) == ("fysioterapia", case.resident_id, "physiotherapy")
    assert opened.contact is not None
    assert (opened.contact.channel, opened.contact.told) == ("professional", "Polvi, harjoitteluohjelma")
    assert chip(referral).state == "met"
    assert book.read_referral(referral.id, viewer=physio).opened == opened.id


def test_holding_says_why_and_until_when_and_the_clock_runs_on(case: Case, nurse: Who, physio: Who) -> None:
    referral = referrals.hold(reason="recovering", until=date(2026, 3, 20), by=physio, **step(sent(case, nurse)))

    (entry,) = book.read_referral(referral.id, viewer=nurse).entries
    assert (entry.step, entry.reason, entry.until, entry.by) == (
        "on_hold",
        "recovering",
        date(2026, 3, 20),
        physio.name,
    )
    assert chip(referral).is_running
    with pytest.raises(ValueError, match="ahead"):
        referrals.hold(reason="recovering", until=date(2026, 3, 2), by=physio, **step(referral))
    with pytest.raises(KeyError):
        referrals.hold(reason="no-such", until=date(2026, 3, 20), by=physio, **step(referral))


def test_returning_answers_and_a_new_sending_follows_it(case: Case, nurse: Who, physio: Who) -> None:
    first = sent(case, nurse)
    referrals.return_to_sender(reason="more_needed", note="Kuvat puuttuvat", by=physio, **step(first))
    again = sent(case, nurse, follows=first.id, at=MONDAY + timedelta(hours=2))

    assert chip(first).state == "met"
    assert [one.id for one in book.read_referral(again.id, viewer=physio).earlier] == [first.id]
    assert [one.id for one in book.read_referral(first.id, viewer=nurse).later] == [again.id]
    assert Referral.objects.get(id=first.id).ended_at is not None


def test_taking_it_back_ends_the_clock_without_an_answer(case: Case, nurse: Who, physio: Who) -> None:
    referral = referrals.withdraw(by=nurse, **step(sent(case, nurse)))

    assert chip(referral).state == "ended"
    with pytest.raises(NotPossible):
        referrals.accept(by=physio, **step(referral))


def test_what_was_accepted_cannot_be_taken_back(case: Case, nurse: Who, physio: Who) -> None:
    referral = referrals.accept(by=physio, **step(sent(case, nurse)))

    with pytest.raises(NotPossible):
        referrals.withdraw(by=nurse, **step(referral))
    referrals.finish(note="Ohjelma annettu", by=physio, **step(referral))
    assert book.read_referral(referral.id, viewer=nurse).row.state == "done"


def test_each_end_writes_to_the_other_and_a_third_sees_nothing(case: Case, nurse: Who, physio: Who) -> None:
    referral, other = sent(case, nurse), worker(unit="kuhmo")
    referrals.write(note="Onko kuvattu?", by=physio, **step(referral))
    referrals.write(note="On, tammikuussa.", by=nurse, **step(referral))

    assert [one.note for one in book.read_referral(referral.id, viewer=physio).entries] == [
        "Onko kuvattu?", "On, tammikuussa.",
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        book.read_referral(referral.id, viewer=other)
    with pytest.raises(NotAllowed):
        referrals.accept(by=other, **step(referral))
    assert book.referrals(viewer=other) == []


def test_only_the_receiver_accepts(case: Case, nurse: Who) -> None:
    with pytest.raises(NotPossible):
        referrals.accept(by=nurse, **step(sent(case, nurse)))


def test_the_receiver_does_not_see_the_sender_s_case(case: Case, nurse: Who, physio: Who) -> None:
    shown = book.read_referral(sent(case, nurse).id, viewer=physio)

    assert shown.case is None
    assert shown.person.name.startswith("Testi")


def test_the_same_key_counts_once(case: Case, nurse: Who, physio: Who) -> None:
    key = uuid4()
    first, second = sent(case, nurse, key=key), sent(case, nurse, key=key)
    told = step(first)
    referrals.accept(by=physio, **told)
    referrals.accept(by=physio, **told)

    assert first.id == second.id
    assert ReferralEntry.objects.filter(referral=first).count() == 1
    assert Case.objects.filter(resident=case.resident_id).count() == 2
    assert [one.kind for one in story_of([first.id])[first.id]].count("referral.moved") == 1


def test_one_question_waits_in_one_place(case: Case, nurse: Who) -> None:
    sent(case, nurse)
    with pytest.raises(NotPossible, match="already"):
        sent(case, nurse)


@pytest.mark.parametrize(("route", "unit"), [("physiotherapy", "mielenterveys"), ("no-such", "fysioterapia")])
def test_no_way_leads_elsewhere(case: Case, nurse: Who, route: str, unit: str) -> None:
    with pytest.raises((NotPossible, KeyError)):
        sent(case, nurse, route, unit)


def test_a_physiotherapist_sends_nothing_to_physiotherapy(case: Case) -> None:
    other = worker("physiotherapist", "sotkamo")
    with pytest.raises(NotPossible):
        sent(case, other)


def test_a_closed_matter_is_not_sent_on(case: Case, nurse: Who) -> None:
    cases.close(case=case.id, reason="withdrawn", by=nurse, at=MONDAY)
    with time_machine.travel(MONDAY), pytest.raises(NotPossible, match="closed"):
        sent(case, nurse)


def test_an_entry_is_never_changed(case: Case, nurse: Who, physio: Who) -> None:
    referrals.receive(by=physio, **step(sent(case, nurse)))
    with pytest.raises(ProgrammingError, match="written once"), transaction.atomic():
        ReferralEntry.objects.update(note="toinen")


def test_another_register_takes_the_resident_s_yes(case: Case, nurse: Who) -> None:
    with pytest.raises(NoConsent) as refusal:
        sent(case, nurse, "social-adviser", "aikuissosiaalityo")
    assert refusal.value.purpose == "refer-to-social"
    yes(case, "refer-to-social")
    referral = sent(case, nurse, "social-adviser", "aikuissosiaalityo")

    assert Use.objects.filter(log="disclosure", resident=case.resident_id, subject=referral.id).count() == 1


def test_a_no_closes_the_way(case: Case, nurse: Who) -> None:
    yes(case, "refer-to-kela", is_refusal=True)
    with pytest.raises(NoConsent):
        sent(case, nurse, "kela", "kela")


def yes(case: Case, purpose: str, **more: Any) -> None:
    who = person_queries.resident_as_who(case.resident_id)
    assert who is not None
    people.give_consent(resident=case.resident_id, purpose=purpose, by=who, at=MONDAY, **more)


def test_a_partner_sees_the_thread_and_the_name_and_may_open_nothing(case: Case, nurse: Who) -> None:
    partner = worker("partner-worker", "kela", "Kaisa Kela")
    yes(case, "refer-to-kela")
    referral = sent(case, nurse, "kela", "kela")
    referrals.return_to_sender(reason="own_application", by=partner, **step(referral))
    shown = book.read_referral(referral.id, viewer=partner)

    assert shown.shows == ("name",)
    assert (shown.case, shown.opened) == (None, None)
    assert Case.objects.filter(resident=case.resident_id).count() == 1
    (told,) = Use.objects.filter(log="disclosure", resident=case.resident_id)
    assert (told.recipient, told.ground, told.what) == ("Kela", "consent", "referral")


def test_what_a_minor_keeps_from_guardians_stays_kept_where_it_is_sent(nurse: Who, physio: Who) -> None:
    young = contact(resident(date(2012, 5, 1)), at=MONDAY - timedelta(hours=2))
    assessed(young, nurse)
    cases.keep_private(case=young.id, why="Pyysi itse", by=nurse, at=MONDAY)
    referral = referrals.accept(by=physio, **step(sent(young, nurse)))

    assert Case.objects.get(id=referral.opened_id).kept_private_why == "Pyysi itse"


def second_case(nurse: Who) -> Case:
    return assessed(contact(at=MONDAY - timedelta(hours=2)), nurse)


def test_the_lists_show_what_is_due_first(nurse: Who, physio: Who) -> None:
    calm = sent(second_case(nurse), nurse)
    urgent = sent(second_case(nurse), nurse, urgency="urgent")
    referrals.accept(by=physio, **step(calm))

    assert [row.id for row in book.referrals(viewer=physio)] == [urgent.id, calm.id]
    assert [row.id for row in book.referrals(viewer=nurse, view="waiting")] == [urgent.id]
    assert book.count_referrals(viewer=physio) == {"received": 2, "sent": 0, "waiting": 0, "all": 2}
    assert book.count_referrals(viewer=nurse) == {"received": 0, "sent": 2, "waiting": 1, "all": 2}


def test_the_clocks_of_referrals_come_out_the_same_from_events(case: Case, nurse: Who, physio: Who) -> None:
    referrals.accept(by=physio, **step(sent(case, nurse, urgency="urgent")))
    from luotsi.domain.cases import queries as case_queries

    differences = clocks.rebuild(
        uses_of={key: one.clocks for key, one in {**case_kinds(), **referral_routes()}.items()},
        at=MONDAY + timedelta(hours=9),
        check=True,
        stands=case_queries.standing,
        born_of=lambda ids: {one.id: one.birth_date for one in person_queries.persons(ids).values()},
    )
    assert differences == []


def test_a_referral_within_one_unit_is_refused_by_the_database(case: Case, nurse: Who) -> None:
    with pytest.raises(IntegrityError, match="referral_leaves_its_unit"), transaction.atomic():
        Referral.objects.create(
            key=uuid4(), case=case, resident_id=case.resident_id, register="health", route="physiotherapy",
            from_unit_id="sotkamo", to_unit_id="sotkamo", question="x", sent_by_id=nurse.id, sent_at=MONDAY,
        )  # fmt: skip


def test_the_resident_reads_their_own_thread_and_nobody_else_s(case: Case, nurse: Who) -> None:
    referral = sent(case, nurse)
    me = person_queries.resident_as_who(case.resident_id)
    assert me is not None

    assert [one.id for one in book.referrals_of(case.id, viewer=me)] == [referral.id]
    assert book.referrals_of(case.id, viewer=as_who(resident())) == []
