"""Facts of a matter: the contact, the case with all its times, its assessments and its limits."""

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
    judged_day      the first assessment of any kind; answered_day the first of: assessed, judged, called with an
                    answer, a time offered or made, visited, closed
    called_day      the first call back, reached_day the first with an answer, call_minutes from opening to it
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
    judged_day: date | None = None
    answered_day: date | None = None
    called_day: date | None = None
    reached_day: date | None = None
    call_minutes: int | None = None
    calls: int = 0
    is_handed_over: bool = False
    is_reopened: bool = False


class ContactFact(Entry):
    """One contact as it was received, and what demand a worker said it was: a key of content/demands, "" unsaid."""

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
    demand: str = ""
    is_failure: bool = False


class AssessmentFact(Entry):
    """One assessment or stage of a matter. `stage` is the event: need.assessed, assessment.completed, decision.made…"""

    case: str
    resident_key: str = ""
    staff_key: str = ""
    kind: str = ""
    unit: str = ""
    service: str = ""
    register: str = ""
    channel: str = ""
    municipality: str = ""
    profession: str = ""
    urgency: str = ""
    line: str = ""
    stage: str = ""
    outcome: str = ""
    opened_day: date | None = None
    assessed_day: date


class ClockFact(Entry):
    """One limit of a matter or a referral: the first of its line that was started.

    due_day moves by the days of pauses; while paused there is none. settled_as: met, late or ended, "" while it runs.
    """

    matter: str
    resident_key: str = ""
    kind: str = ""
    unit: str = ""
    service: str = ""
    register: str = ""
    channel: str = ""
    municipality: str = ""
    line: str = ""
    rule: str = ""
    started_day: date
    due_day: date | None = None
    settled_day: date | None = None
    settled_as: str = ""
    paused_days: int = 0
