"""Who waits for a time at Sotkamo, who did not answer whether they wait still, and the classes that are invited."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from luotsi.base.dates import is_working_day, start_of
from luotsi.base.now import local_day
from luotsi.demo import cast
from luotsi.domain.bookings.actions import clearing, recalling, waiting
from luotsi.domain.bookings.rules.clearing import ANSWER
from luotsi.domain.cases.queries.gathered import gathered_in

_UNIT, _EVENING, _MEMORY, _SCHOOL = "sotkamo", "evening-reception", "memory-nurse", "school-checks"
_MONDAY = "0"  # there are evening times on Tuesdays and Thursdays: whoever wishes for a Monday waits on
_FROM_MATTERS = 3
_SPACE = UUID("0d3c0000-0000-4000-9600-000000000000")


def wait(*, at: datetime) -> None:
    """Two of the cast wait by themselves, some by a nurse's word, and the classes of a school are invited."""
    _of_the_cast(at)
    _by_a_nurse(at)
    esa = cast.MEMBERS["esa"].as_who()
    begun = _morning(at, 6)
    recalling.begin(key=_key(_SCHOOL), cohort=_SCHOOL, unit=_UNIT, by=esa, at=begun)
    while recalling.tick(at=begun):
        pass


def _of_the_cast(at: datetime) -> None:
    """Toivo wishes for another evening than there are; Aili has waited long, was asked, and has not answered."""
    toivo, aili = cast.MEMBERS["toivo"].as_who(), cast.MEMBERS["aili"].as_who()
    waiting.join(
        resident=toivo.id, offering=_EVENING, key=_key("toivo"), by=toivo, at=_morning(at, 4), units=[_UNIT],
        wishes={"days": [_MONDAY], "parts": ["evening"]},
    )  # fmt: skip
    waiting.join(
        resident=aili.id, offering=_MEMORY, key=_key("aili"), by=aili, at=_morning(at, 75), units=[_UNIT],
        why="no_times",
    )  # fmt: skip
    asked = _morning(at, ANSWER.days + 2)
    nelli = cast.MEMBERS["nelli"].as_who()
    clearing.ask(unit=_UNIT, waited=timedelta(days=50), by=nelli, at=asked, offering=_MEMORY)


def _by_a_nurse(at: datetime) -> None:
    """Of the matters that were judged, some wait for the memory nurse, with the limit of their clock."""
    nelli = cast.MEMBERS["nelli"].as_who()
    found = sorted(gathered_in([_UNIT], hides=False), key=lambda row: (row.opened_at, row.id))
    rows = [row for row in found if row.state == "assessed" and row.register == "health"][:_FROM_MATTERS]
    for number, row in enumerate(rows):
        waiting.join(
            resident=row.resident, offering=_MEMORY, key=_key(f"matter {number}"), by=nelli, at=_morning(at, 1),
            units=[_UNIT], subject=row.id, why="later", urgency="weeks" if number else "days",
            due_at=start_of(row.due + timedelta(days=1)) if row.due else None,
        )  # fmt: skip


def _morning(at: datetime, days_ago: int) -> datetime:
    """A working morning so many days ago, or the last one before it."""
    day = local_day(at) - timedelta(days=days_ago)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return start_of(day, time(9, 40))


def _key(word: str) -> UUID:
    return uuid5(_SPACE, word)
