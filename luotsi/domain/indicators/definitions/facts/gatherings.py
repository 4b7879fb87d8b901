"""Facts of groups, of queues for a time, and of counters. A group, a head and a number are nobody's."""

from datetime import date

from luotsi.base.shelf import Entry


class GroupFact(Entry):
    """One group. `signed_up`, `attended` and `heads` (counted without a name) are of its end."""

    group: str
    unit: str = ""
    service: str = ""
    register: str = ""
    profession: str = ""
    offering: str = ""
    planned_day: date
    decided_day: date | None = None
    is_held: bool = False
    ended_day: date | None = None
    meetings: int = 0
    places: int = 0
    signed_up: int = 0
    attended: int = 0
    heads: int = 0


class HeadFact(Entry):
    """One meeting at which those who came were counted without a name."""

    meeting: str
    unit: str = ""
    service: str = ""
    register: str = ""
    profession: str = ""
    mode: str = ""
    counted_day: date
    people: int = 0


class WaitFact(Entry):
    """One place in a queue for a time. `left_as` says how it ended, "" while it lasts."""

    matter: str
    entry: str = ""
    resident_key: str = ""
    kind: str = ""
    unit: str = ""
    service: str = ""
    register: str = ""
    municipality: str = ""
    profession: str = ""
    offering: str = ""
    joined_day: date
    left_day: date | None = None
    left_as: str = ""
    asked_day: date | None = None


class NumberFact(Entry):
    """One number taken at a counter. `ended_as`: served, absent or left."""

    number: str
    unit: str = ""
    service: str = ""
    register: str = ""
    counter: str = ""
    taken_day: date
    called_day: date | None = None
    wait_minutes: int | None = None
    ended_as: str = ""
