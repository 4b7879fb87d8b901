"""What can be written down of a contact, and who still waits to be called. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from luotsi.domain.cases.definitions.contacts import call_outcomes, channels, senders

Why = Literal[
    "future", "too_old", "unknown_channel", "unknown_sender", "unknown_outcome", "unknown_demand", "nothing_told",
    "no_name", "no_note", "unknown_kind", "unknown_unit", "unknown_service", "not_theirs", "is_closed", "is_judged",
    "no_contact", "other_register", "same_matter", "other_form",
]  # fmt: skip
OLDEST = timedelta(days=366)  # an older letter is a slip of the pen in the year
CLOCKS_DIFFER = timedelta(minutes=2)  # so far a worker's computer may be ahead of ours


class BadContact(Exception):
    """It cannot be written down so. `why` is a key that the page has words for, `field` the field to mend."""

    def __init__(self, why: Why, field: str = "") -> None:
        self.why: Why = why
        self.field = field
        super().__init__(SENTENCES[why])


@dataclass(frozen=True)
class Said:
    """What a worker writes down of a contact.

    `received_at` is the true time, also at night. `sender_name` is who got in touch when it was not the resident.
    `language` "" is the person's own. `call_number`: they wait to be called there. `has_danger`: something dangerous is
    going on.
    """

    channel: str
    told: str
    received_at: datetime
    language: str = ""
    sender: str = "resident"
    sender_name: str = ""
    call_number: str = ""
    has_danger: bool = False


def check_said(said: Said, *, register: str, at: datetime) -> None:
    """Raises BadContact. `register` is the matter's, `at` the moment of writing."""
    channel, sender = channels().get(said.channel), senders().get(said.sender)
    if channel is None or not channel.is_used_in(register):
        raise BadContact("unknown_channel", "channel")
    if sender is None:
        raise BadContact("unknown_sender", "sender")
    if said.received_at > at + CLOCKS_DIFFER:
        raise BadContact("future", "received_at")
    if said.received_at < at - OLDEST:
        raise BadContact("too_old", "received_at")
    if not said.told.strip():
        raise BadContact("nothing_told", "told")
    if sender.key in {"relative", "guardian", "authority"} and not said.sender_name.strip():
        raise BadContact("no_name", "sender_name")


def check_call(outcome: str, *, note: str) -> None:
    """Raises BadContact: no such outcome, or what it needs was not written."""
    known = call_outcomes().get(outcome)
    if known is None:
        raise BadContact("unknown_outcome", "outcome")
    if known.needs_note and not note.strip():
        raise BadContact("no_note", "note")


def waits_for_call(*, channel: str, call_number: str, outcomes: Sequence[str], is_judged: bool) -> bool:
    """Whether a call back is still due: they asked for one, or the channel promises one, nobody has reached them, and
    the need is not judged yet. `outcomes` are keys of content/call_outcomes, in order.
    """
    known = channels().get(channel)
    is_asked = bool(call_number) or (known is not None and known.calls_back)
    ended = any(one in call_outcomes() and call_outcomes()[one].ends_duty for one in outcomes)
    return is_asked and not ended and not is_judged


def suggests_letter(outcomes: Sequence[str], *, attempts: int) -> bool:
    """Whether so many attempts in a row reached nobody that a letter or message is the better way."""
    vain = 0
    for one in outcomes:
        vain = 0 if one in call_outcomes() and call_outcomes()[one].is_reached else vain + 1
    return vain >= attempts


SENTENCES: dict[Why, str] = {
    "future": "a contact has not come in the future",
    "too_old": "the contact is over a year old",
    "unknown_channel": "there is no such way of getting in touch here",
    "unknown_sender": "there is no such sender",
    "unknown_outcome": "there is no such outcome of a call",
    "unknown_demand": "there is no such reason for getting in touch",
    "nothing_told": "what was said is not written",
    "no_name": "who got in touch is not written",
    "no_note": "when the next call was agreed is not written",
    "unknown_kind": "there is no such kind of matter here",
    "unknown_unit": "no such unit takes care of this",
    "unknown_service": "there is no such service",
    "not_theirs": "the matter is another person's",
    "is_closed": "the matter is closed",
    "is_judged": "the need in this matter is judged already",
    "no_contact": "nobody got in touch about this matter",
    "other_register": "the matter belongs to another register",
    "same_matter": "a matter does not join itself",
    "other_form": "the form was sent about another contact",
}
