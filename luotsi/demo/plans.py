"""Times that a resident of the demonstration may choose alone, planned as a manager plans them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from luotsi.base.ids import new_id
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM
from luotsi.demo import cast
from luotsi.domain.bookings.actions.planning import Asked, make_plan
from luotsi.domain.bookings.rules.plans import Draft

_AHEAD = timedelta(days=42)
_WEEKDAYS, _TWO_EVENINGS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=TU,TH"


@dataclass(frozen=True)
class _Planned:
    """Beside the working day of 8 to 16, which the story fills."""

    worker: str
    profession: str
    offering: str
    mode: str
    recurrence: str
    begins: time
    ends: time
    minutes: int
    buffer: int = 0


_PLANS = (
    _Planned("nelli", "nurse", "nurse-phone", "phone", _WEEKDAYS, time(7, 20), time(8, 0), 10),
    _Planned("nelli", "nurse", "evening-reception", "visit", _TWO_EVENINGS, time(16, 20), time(18, 40), 20),
    _Planned(
        "petri", "physiotherapist", "physio-direct", "visit", _TWO_EVENINGS, time(16, 15), time(18, 45), 45, buffer=5
    ),
)


def make(*, at: datetime) -> int:
    """Plan the weeks ahead; answers how many times were made."""
    today, made = local_day(at), 0
    for planned in _PLANS:
        member = cast.MEMBERS[planned.worker]
        draft = Draft(
            planned.recurrence, planned.begins, planned.ends, today, today + _AHEAD, planned.minutes, planned.buffer
        )
        asked = Asked(
            unit=member.unit,
            staff=member.id,
            profession=planned.profession,
            offerings=(planned.offering,),
            mode=planned.mode,
        )
        made += make_plan(key=new_id(), asked=asked, draft=draft, by=SYSTEM, at=at)[1]
    return made
