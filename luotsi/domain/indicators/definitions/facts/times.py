"""Facts of times and visits, of what was sent on, and of what was answered."""

from datetime import date

from luotsi.base.shelf import Entry


class BookingFact(Entry):
    """One time that was offered to somebody or taken by them.

    state       offered, booked, held, missed, cancelled, moved (another time came in its place), declined or lapsed
    is_own      the resident chose it, not a professional for them; by: who cancelled, resident or provider
    is_evening  it begins at four in the afternoon or later, or at a weekend
    notice_days from the cancelling to the time, whole days
    """

    matter: str
    booking: str = ""
    resident_key: str = ""
    kind: str = ""
    unit: str = ""
    service: str = ""
    register: str = ""
    channel: str = ""
    municipality: str = ""
    profession: str = ""
    mode: str = ""
    offered_day: date | None = None
    made_day: date | None = None
    starts_day: date
    is_evening: bool = False
    is_own: bool = False
    state: str = ""
    reason: str = ""
    by: str = ""
    ended_day: date | None = None
    notice_days: int | None = None
    is_reminded: bool = False


class VisitFact(Entry):
    """One visit that was held, with or without a case. `staff_key` is who recorded it, "" when it was no worker."""

    matter: str
    resident_key: str = ""
    staff_key: str = ""
    kind: str = ""
    unit: str = ""
    service: str = ""
    register: str = ""
    channel: str = ""
    municipality: str = ""
    profession: str = ""
    mode: str = ""
    held_day: date
    minute: int = 0
    is_evening: bool = False
    is_booked: bool = False


class ReferralFact(Entry):
    """One referral or question to a colleague. `kind` is its route.

    answered_day: the receiver accepted, answered or was done; is_returned: it came back at least once, `reason` why
    """

    referral: str
    resident_key: str = ""
    kind: str = ""
    unit: str = ""
    service: str = ""
    register: str = ""
    municipality: str = ""
    profession: str = ""
    urgency: str = ""
    sent_day: date
    answered_day: date | None = None
    returned_day: date | None = None
    is_returned: bool = False
    reason: str = ""
    done_day: date | None = None
    withdrawn_day: date | None = None
    minutes: int | None = None


class AnswerFact(Entry):
    """One completed questionnaire. A correction replaces what it corrects. `score` None: it gives no number."""

    matter: str
    resident_key: str = ""
    kind: str = ""
    unit: str = ""
    service: str = ""
    register: str = ""
    channel: str = ""
    municipality: str = ""
    language: str = ""
    questionnaire: str = ""
    completed_day: date
    score: float | None = None
    is_alarming: bool = False
    is_own: bool = False
