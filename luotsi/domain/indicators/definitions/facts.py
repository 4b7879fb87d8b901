"""The facts that indicators are computed from, as one row looks. Worked examples in definitions are written in these.

The columnar tables have exactly these columns (tests/analytics compares them). Text is "" when unknown, a day is a
Finnish calendar day and None when it did not happen. No name, no free text: `resident_key` is a keyed hash.
"""

from datetime import date

from luotsi.base.shelf import Entry


class CaseFact(Entry):
    """One case with all its times. Events that were corrected do not count; the correction counts in their place.

    unit, service   where the first visit was held; before it, where the case last was
    channel, …      kind, register, channel, municipality, language: as known first
    assessed_day    the first assessment that stated a need for non-urgent care; without one, the first assessment
    outcome, line   of the latest assessment: care_needed, advice or urgent
    profession      who held the first visit; before it, who assessed
    rule, due_day   of the care line's first clock: the statutory rule and its last lawful day
    settled_as      how that clock stopped: met, late or ended (without care); "" while it runs
    offered_day     the earliest day of care that was offered; promised_day the booked day that stands
    """

    case: str
    resident_key: str = ""
    kind: str = ""
    unit: str = ""
    service: str = ""
    register: str = ""
    channel: str = ""
    municipality: str = ""
    language: str = ""
    opened_day: date | None = None
    has_assessment: bool = False
    assessed_day: date | None = None
    outcome: str = ""
    urgency: str = ""
    profession: str = ""
    line: str = ""
    rule: str = ""
    due_day: date | None = None
    offered_day: date | None = None
    promised_day: date | None = None
    first_visit_day: date | None = None
    mode: str = ""
    settled_day: date | None = None
    settled_as: str = ""
    closed_day: date | None = None
    close_reason: str = ""


class ContactFact(Entry):
    """One contact as it was received."""

    contact: str
    resident_key: str = ""
    kind: str = ""
    unit: str = ""
    service: str = ""
    register: str = ""
    channel: str = ""
    municipality: str = ""
    language: str = ""
    received_day: date
