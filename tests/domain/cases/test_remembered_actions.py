"""Whatever is done is seen on a remembered list at once: each action that changes what a list shows tells of it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.cases import actions
from luotsi.domain.cases.actions.following import follow_answers
from luotsi.domain.cases.queries import remembered
from luotsi.domain.cases.rules.contact import Said
from luotsi.domain.clocks.models import Clock
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation.models import Staff
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Relationship
from luotsi.domain.people.rules import decrypt_identity
from luotsi.domain.questionnaires import actions as questionnaires
from tests.domain.cases.test_remembered import NOON, anew, shown
from tests.factories import ANSWERS, MORNING, as_who, assessed, contact, offered, resident, worker

pytestmark = pytest.mark.django_db(transaction=True)
LATER = MORNING + timedelta(days=3)
# Each of these is done below, and a list is the same as one gathered anew right after it.
DONE = {
    "receive", "assess", "offer_time", "answer_offer", "cancel_time", "withdraw_time", "record_visit", "close",
    "reopen", "hand_over", "hand_over_many", "class_demand", "record_call", "join_matter", "open_another", "write_down",
    "rebuild_relationships",
}  # fmt: skip
# These change nothing that stands on a remembered list.
UNSHOWN = {
    "check_seen": "writes nothing",
    "dimensions": "reads", "state_of": "reads", "missing_relationships": "reads", "document_rules": "reads",
    "documented": "reads", "perhaps_past": "reads", "with_past_documents": "reads", "rules": "no action",
    "forget_draft": "one's own desk", "keep_draft": "one's own desk", "forget_thread_draft": "one's own desk",
    "keep_thread_draft": "one's own desk", "forget_view": "one's own desk", "keep_view": "one's own desk",
    "raise_view": "one's own desk",
    "leave_case": "who is here is asked each time", "stay_on_case": "who is here is asked each time",
    "keep_private": "a worker's list has it all the same", "share_again": "a worker's list has it all the same",
    "tell": "what was told stands in the matter",
    "erase_documents": "of closed matters", "load": "imports, before anybody looks",
}  # fmt: skip


@pytest.fixture(autouse=True)
def noon() -> Iterator[Any]:
    remembered._kept.clear()
    with time_machine.travel(NOON, tick=False) as moment:
        yield moment


def seen_at_once(nurse: Who, *changes: Callable[[], Any]) -> None:
    """Each of these is seen at once, and is a change at all."""
    before = shown(nurse)
    for number, change in enumerate(changes):
        change()
        told, true = shown(nurse), anew(nurse)
        assert told == true, f"change {number} is not seen"
        assert told != before, f"change {number} changes nothing: it proves nothing"
        before = true


def test_every_action_is_known_here() -> None:
    known = {name for name in actions.__all__ if name[0].islower()}
    assert known == DONE | set(UNSHOWN), "a new action says whether a list shows what it does"


def test_what_teams_do_is_seen_at_once() -> None:
    nurse, person = worker(), resident(last_name="Aalto")
    first, second = contact(person), contact(resident(last_name="Virtanen"))
    by: dict[str, Any] = {"by": nurse, "at": NOON}

    def given() -> Any:
        return first.times.order_by("-id").values_list("booking_id", flat=True)[0]

    def answered(accepts: bool) -> None:
        actions.answer_offer(case=first.id, booking=given(), accepts=accepts, by=as_who(person), at=NOON)

    seen_at_once(
        nurse,
        lambda: contact(resident(last_name="Uusi")),
        lambda: assessed(first, nurse),
        lambda: offered(first, nurse, starts_at=LATER, at=NOON),
        lambda: answered(True),
        lambda: actions.cancel_time(case=first.id, booking=given(), by=as_who(person), at=NOON),
        lambda: offered(first, nurse, starts_at=LATER + timedelta(days=1), at=NOON),
        lambda: actions.withdraw_time(case=first.id, booking=given(), **by),
        lambda: actions.record_visit(case=first.id, note="Käynti", **by),
        lambda: actions.close(case=first.id, reason="withdrawn", **by),
        lambda: actions.reopen(case=first.id, reason="not_finished", **by),
        lambda: actions.hand_over(case=second.id, to=nurse.id, seen=None, **by),
        lambda: actions.hand_over_many(cases={second.id: nurse.id}, to=None, **by),
        lambda: actions.open_another(
            case=second.id, kind="mental_need", service="mental-health", unit="sotkamo", **by
        ),
        lambda: actions.write_down(
            resident=person.id, kind="health_need", service="nurse-reception", unit="sotkamo", key=uuid4(), **by,
            said=Said(channel="phone", told="Polvi", received_at=NOON, language="fi"),
        ),
    )  # fmt: skip


def test_what_becomes_of_further_contacts_is_seen_at_once() -> None:
    nurse, person = worker(), resident()
    first = contact(person)

    def more() -> None:
        """The resident writes more to the open matter, and nobody has read it."""
        key = uuid4()
        actions.receive(
            resident=person.id, kind=first.kind, service=first.service, unit=first.unit_id, channel="form",
            language="fi", key=key, by=as_who(person), at=NOON, questionnaire="contact", answers=ANSWERS,
            joins=first.id,
        )  # fmt: skip

    def further() -> Any:
        return first.joined.order_by("-id").values_list("contact_id", flat=True)[0]

    seen_at_once(
        nurse,
        more,
        lambda: actions.class_demand(case=first.id, contact=further(), demand="F1", by=nurse, at=NOON),
        lambda: actions.class_demand(case=first.id, contact=further(), demand="", by=nurse, at=NOON),
        lambda: actions.record_call(
            case=first.id, contact=further(), outcome="reached", key=uuid4(), by=nurse, at=NOON
        ),
    )
    second = contact(person, at=NOON)
    seen_at_once(nurse, lambda: actions.join_matter(case=second.id, into=first.id, by=nurse, at=NOON))


def test_what_is_known_of_the_person_or_the_worker_is_seen_at_once() -> None:
    nurse, person = worker(), resident(last_name="Aalto")
    case = contact(person)
    actions.hand_over(case=case.id, to=nurse.id, seen=None, by=nurse, at=NOON)
    Staff.objects.filter(id=nurse.id).update(provider="staff", subject="s-9")
    name = {"first_name": "Testi", "last_name": "Uusinimi"}
    code = decrypt_identity(bytes(person.identity_code), settings.IDENTITY_KEY)
    seen_at_once(
        nurse,
        lambda: people.set_protection(resident=person.id, is_on=True, by=nurse, at=NOON),
        lambda: people.identify(identity_code=code, at=NOON, source="suomifi", **name),
        lambda: organisation.recognise(
            provider="staff", subject="s-9", name="Uusi Nimi", mail="", groups=["luotsi-sotkamo-nurse"], at=NOON
        ),
    )


def test_answers_that_come_to_an_open_matter_are_seen_at_once() -> None:
    nurse, person = worker(), resident()
    contact(person)
    answers = {f"phq{number}": "3" for number in range(1, 10)}
    response = questionnaires.complete(
        questionnaire="phq9", answers=answers, resident=person.id, language="fi", by=as_who(person), at=now()
    )
    seen_at_once(nurse, lambda: follow_answers(response=response.id, at=now()))
    (row,) = shown(nurse)
    assert row.listed.news == "answers"


def test_two_records_that_are_joined_or_parted_are_both_looked_at_again() -> None:
    """Whoever may see the one may see the other from then on."""
    nurse, real = worker(), resident(last_name="Aalto")
    officer = worker("privacy-officer", name="Tiina Tietosuoja")
    temporary = people.register_temporary(
        birth_date=real.birth_date, by=worker(), at=NOON, first_name="Testi", last_name="Tilapäinen"
    )
    contact(real)
    case = contact(temporary)
    Relationship.objects.filter(subject=case.id).delete()
    seen_at_once(
        nurse,
        lambda: people.join(temporary=temporary.id, real=real.id, by=officer, at=NOON),
        lambda: people.separate(temporary=temporary.id, reason="Eri henkilö sittenkin", by=officer, at=NOON),
    )


def test_rows_that_a_command_mended_are_read_anew() -> None:
    nurse = worker()
    case = assessed(contact(), nurse)
    shown(nurse)
    Clock.objects.filter(subject=case.id, line="primary_care").update(due_on=LATER.date())
    events.tell_mended("clocks", rows=1, at=NOON)
    assert shown(nurse) == anew(nurse)
    Relationship.objects.filter(subject=case.id).delete()
    anew(nurse)
    seen_at_once(nurse, lambda: actions.rebuild_relationships(at=NOON))
