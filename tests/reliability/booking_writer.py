"""Processes of their own that book, for tests that kill: `python -m tests.reliability.booking_writer WHAT …`.

`seed N` makes N people with a free time each, `seed N 1` with a session too, and prints them. `write FIRST STEP` books
one after the other and prints each booking once it is acknowledged; when PostgreSQL dies it waits for it and goes on.
`count` prints what the database holds. `play` makes processes that book, cancel and look at one time until killed.
"""

import os
import sys
import time
from contextlib import nullcontext
from random import Random
from uuid import UUID, uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
django.setup()

from django.db import Error, connection  # noqa: E402
from django.db.models import Sum  # noqa: E402

from luotsi.base.now import now  # noqa: E402
from luotsi.base.who import SYSTEM, Who  # noqa: E402
from luotsi.domain.bookings.actions import confirming, keeping  # noqa: E402
from luotsi.domain.bookings.actions.giving import SlotTaken  # noqa: E402
from luotsi.domain.bookings.models import Booking, Slot  # noqa: E402
from luotsi.domain.bookings.rules.own import Booker, NotBookable  # noqa: E402
from luotsi.domain.catalogue import actions as catalogue  # noqa: E402
from luotsi.domain.organisation import actions as organisation  # noqa: E402
from luotsi.domain.people.models import Resident  # noqa: E402

OFFERING = "nurse-phone"


def seed(number: int, sessions: int = 0) -> None:
    from tests.factories.clients import session_of

    organisation.load_units()
    catalogue.load_shelf(by=SYSTEM, at=now())
    with connection.cursor() as sql:
        sql.execute("SELECT gen_random_uuid()")
        (nurse,) = sql.fetchone()  # type: ignore[misc]
        for statement in _FILL:
            sql.execute(statement, {"number": number, "nurse": nurse})
        sql.execute("SELECT id FROM bookings_slot WHERE staff_id = %s ORDER BY starts_at", [nurse])
        slots = [row[0] for row in sql.fetchall()]
    people = Resident.objects.filter(bookings=None, last_name=str(nurse)).order_by("id")
    for person, slot in zip(people, slots, strict=True):
        who = Who(kind="resident", role="resident", id=person.id, name="")
        print(session_of(who) if sessions else "-", slot)


_FILL = (
    """INSERT INTO organisation_staff (id, name, mail, provider, subject) VALUES (%(nurse)s, 'Nurse', '', '', '')""",
    """INSERT INTO people_resident (id, first_name, last_name, birth_date, municipality, language, mail, phone,
                                    identity_code, identity_hash)
       SELECT gen_random_uuid(), 'R' || n, %(nurse)s, date '1960-01-01', '765', 'fi', '', '', '',
              sha256((n || %(nurse)s::text)::bytea) FROM generate_series(1, %(number)s) n""",
    """INSERT INTO bookings_slot (id, unit_id, staff_id, profession, mode, starts_at, ends_at, capacity, taken,
                                  offering, closed_reason)
       SELECT gen_random_uuid(), 'sotkamo', %(nurse)s, 'nurse', 'phone', day + n * interval '20 min',
              day + (n + 1) * interval '20 min', 2, 0, '', ''
       FROM generate_series(1, %(number)s) n, (SELECT date_trunc('day', now()) + interval '2 days' AS day) began""",
)


def write(first: int, step: int) -> None:
    """Those who have no booking yet, and times that nobody has, in an order of chance that differs between writers."""
    people = list(Resident.objects.filter(bookings=None).order_by("id").values_list("id", flat=True))[first::step]
    slots = list(Slot.objects.filter(taken=0).order_by("id").values_list("id", flat=True))[first::step]
    print("ready", flush=True)
    for person, slot in zip(people, slots, strict=False):
        _until_acknowledged(person, slot, uuid4())


def _until_acknowledged(person: UUID, slot: UUID, key: UUID) -> None:
    while True:
        try:
            booked = _book(person, slot, key)
        except Error:
            connection.close()
            time.sleep(0.05)
            continue
        print(booked, flush=True)
        return


def _book(person: UUID, slot: UUID, key: UUID) -> UUID:
    (row,) = keeping.keep(
        slots=[slot], resident=person, offering=OFFERING, key=key, by=SYSTEM, at=now(), booker=Booker(is_staff=True),
        at_once=True,
    )  # fmt: skip
    return row.id


def count() -> None:
    """Bookings that hold a place, the places taken, all bookings ever, and each standing booking's id."""
    held = Booking.objects.filter(cancelled_at=None)
    print(held.count(), Slot.objects.aggregate(taken=Sum("taken"))["taken"], Booking.objects.count())
    print("\n".join(map(str, held.values_list("id", flat=True))))


def play(how: str) -> None:
    """For each line of the input, "NUMBER PERSON SLOT SEED FILE", a process that plays; prints its id. Between taking a
    place and writing who has it each waits a little, so that kills come there. `how`: "whole" as the house does it,
    "apart" with the two written one after the other, each for itself.
    """
    take = keeping.take

    def slowly(*args: object, **told: object) -> object:
        rows = take(*args, **told)  # type: ignore[arg-type]
        time.sleep(0.03)
        return rows

    keeping.take = slowly  # type: ignore[assignment]
    if how == "apart":
        _write_apart()
    connection.close()
    for line in sys.stdin:
        number, person, slot, chance, file = line.split()
        process = os.fork()
        if process == 0:
            _play(int(number), UUID(person), UUID(slot), Random(chance), file)
            os._exit(0)
        print(process, flush=True)


def _write_apart() -> None:
    """Take the transaction away in which a place is taken and the booking written."""
    keeping.transaction = type("Apart", (), {"atomic": staticmethod(nullcontext)})  # type: ignore[misc,assignment]
    keeping._free_kept = lambda *_args, **_told: 0  # type: ignore[assignment]  # asks for a lock, which needs one


def _play(number: int, person: UUID, slot: UUID, chance: Random, file: str) -> None:
    """Book, cancel and look until killed. Each question stands in the file before it is asked."""
    connection.settings_dict["OPTIONS"]["application_name"] = f"player-{number}"
    connection.ensure_connection()
    with open(file, "a", buffering=1) as told:
        while True:
            kind = chance.choice(["book", "book", "book", "cancel", "read"])
            told.write(f"{number} {kind} {time.monotonic()}\n")
            answer = _DO[kind](person, slot)
            told.write(f"{number} {time.monotonic()} {int(answer)}\n")


def _booked(person: UUID, slot: UUID) -> bool:
    if _held(person, slot):
        return False
    try:
        _book(person, slot, uuid4())
    except (SlotTaken, NotBookable):
        return False
    return True


def _cancelled(person: UUID, slot: UUID) -> bool:
    mine = _held(person, slot)
    if mine is None:
        return False
    confirming.give_up(booking=mine.id, by=SYSTEM, at=now())
    return True


def _held(person: UUID, slot: UUID) -> Booking | None:
    return Booking.objects.filter(resident_id=person, slot_id=slot, cancelled_at=None).first()


def _taken(person: UUID, slot: UUID) -> int:
    return int(Slot.objects.values_list("taken", flat=True).get(id=slot))


_DO = {"book": _booked, "cancel": _cancelled, "read": _taken}


if __name__ == "__main__":
    what, *told = sys.argv[1:]
    if what == "play":
        play(*told)
    else:
        {"seed": seed, "write": write, "count": count}[what](*map(int, told))
