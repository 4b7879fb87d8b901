"""Those who wait at a counter of the demonstration while it is open: some served, one called, three who wait."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from luotsi.base.who import SYSTEM
from luotsi.demo import cast
from luotsi.domain.bookings.actions.numbers import call_next, take_number
from luotsi.domain.bookings.definitions import counters

_SPACE = UUID("0d3c0000-0000-4000-9000-000000000007")
_COUNTER = "sotkamo-office"
_TAKEN, _CALLED, _APART = 9, 6, timedelta(minutes=4)


def wait(*, at: datetime) -> int:
    """Answers how many numbers were taken: none while the counter is closed."""
    began = at - _APART * (_TAKEN + 1)
    if not (counters()[_COUNTER].is_open(began) and counters()[_COUNTER].is_open(at)):
        return 0
    called, worker = None, cast.MEMBERS["noora"].as_who()
    for number in range(_TAKEN):
        moment = began + _APART * number
        take_number(counter=_COUNTER, key=uuid5(_SPACE, str(number)), by=SYSTEM, at=moment)
        if 0 < number <= _CALLED:
            last = call_next(
                counter=_COUNTER, desk="1", after=called, by=worker, at=moment + timedelta(minutes=1)
            )  # fmt: skip
            called = last.id if last else None
    return _TAKEN
