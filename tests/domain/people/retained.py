"""People and documents of long ago, for tests of what goes when."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection

from luotsi.base.now import HELSINKI
from luotsi.config import retention
from luotsi.config.retention import Outcome
from luotsi.domain.cases.models import Case, VisitNote
from luotsi.domain.messaging import actions as messaging
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import LegalHold, Resident
from luotsi.domain.questionnaires import actions as questionnaires
from tests.factories import as_who, assessed, contact, offered, resident, worker

DIED = date(2014, 3, 5)
PAST = date(2026, 3, 6)  # twelve whole years after that death
MAIL = "vanha.asukas@example.fi"


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), HELSINKI)


def run(on: date, **asked: Any) -> Outcome:
    """Erase as on that day, at its noon."""
    return retention.run(on=on, at=noon(on), **asked)


def dead(died: date | None = DIED, born: date = date(1931, 4, 2), **details: Any) -> Resident:
    person = resident(born, mail=MAIL, phone="0401234567", **details)
    if died:
        people.record_death(resident=person.id, died_on=died, by=worker(), at=noon(PAST))
    person.refresh_from_db()
    return person


def matter(person: Resident, register: str = "health", *, closed: date | None = None) -> Case:
    """One matter with all that hangs on it, closed on that day."""
    case = contact(person)
    nurse = worker()
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=case.opened_at + timedelta(days=3))
    VisitNote.objects.create(
        case=case, booking_id=booking, note="Kävi.", written_by_id=nurse.id, held_at=case.opened_at + timedelta(days=3)
    )
    done = {"closed_at": noon(closed), "close_reason": "cared"} if closed else {}
    Case.objects.filter(id=case.id).update(register=register, **done)
    case.refresh_from_db()
    return case


def all_about(person: Resident) -> None:
    """A row of every other kind: a consent, a mandate, a check, a notice, an answer outside any matter."""
    relative = resident()
    people.give_consent(resident=person.id, purpose="notices-by-mail", by=as_who(person), at=noon(PAST))
    people.give_mandate(
        principal=person.id, agent=relative.id, kind="mandate", registers=["health"], source="document", by=worker(),
        at=noon(PAST),
    )  # fmt: skip
    messaging.notify(resident=person.id, cause=uuid4(), at=noon(PAST))
    questionnaires.complete(
        questionnaire="contact", answers={"what": "Vanha asia", "since": "week", "phone": "040 123 4567"},
        resident=person.id, language="fi", by=as_who(person), at=noon(PAST),
    )  # fmt: skip


def hold(person: Resident) -> LegalHold:
    officer = worker("privacy-officer")
    return people.set_hold(resident=person.id, reason="Kantelu", by=officer, at=noon(date(2026, 1, 1)))


def rows_with(words: str) -> dict[str, int]:
    """In which tables of the whole database these words stand, and how often."""
    found = {}
    with connection.cursor() as sql:
        for table in connection.introspection.table_names(sql):
            sql.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{words}%"])
            if number := sql.fetchone()[0]:
                found[table] = number
    return found
