"""What the states and steps of a referral are called where teams work."""

from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from luotsi.base.text import Text
from luotsi.domain.cases.definitions import ReferralRoute
from luotsi.domain.cases.queries.threads import EntryView, ReferralRow
from luotsi.domain.cases.rules.referral import ReferralState
from luotsi.domain.organisation import definitions as organisation


def view_names() -> list[str]:
    """The tabs of the book, in the order of queries.referrals.VIEWS."""
    return [
        pgettext("referrals", "Received"),
        pgettext("referrals", "Sent"),
        pgettext("referrals", "Wait for an answer"),
        pgettext("referrals", "All"),
    ]


def state_words(state: ReferralState) -> str:
    return {
        "sent": pgettext("referral", "New"),
        "received": pgettext("referral", "Read"),
        "on_hold": pgettext("referral", "On hold"),
        "accepted": pgettext("referral", "Accepted"),
        "answered": pgettext("referral", "Answered"),
        "returned": pgettext("referral", "Returned"),
        "done": pgettext("referral", "Done"),
        "withdrawn": pgettext("referral", "Taken back"),
    }[state]


def state_tone(state: ReferralState) -> str:
    """The tone only helps the eye; the words say the same."""
    tones = {"sent": "info", "on_hold": "warning", "returned": "warning", "accepted": "success", "answered": "success"}
    return tones.get(state, "neutral")


def step_words(step: str, *, is_consultation: bool, is_sender: bool) -> str:
    """What a worker does: the name of the form and of its button."""
    known = {
        "received": _("Mark as read"),
        "accepted": _("Accept"),
        "on_hold": _("Put on hold"),
        "returned": _("Return to the sender"),
        "answered": _("Answer the question"),
        "done": _("The answer is read") if is_consultation and is_sender else _("Mark as done"),
        "withdrawn": _("Take back"),
        "message": _("Send a message"),
        "time_chosen": _("Choose a consultation time"),
    }
    return known[step]


def done_words(step: str, *, opened: bool) -> str:
    """What is said after a step."""
    if step == "accepted" and opened:
        return _("Accepted. A matter of your own has opened on your list. The sender sees it.")
    return {
        "received": _("Marked as read. The sender sees it."),
        "accepted": _("Accepted. The sender sees it."),
        "on_hold": _("On hold. The sender sees why and until when. The time to answer runs on."),
        "returned": _("Returned with your reason. The sender sees it."),
        "answered": _("Answered. The sender sees it; the care stays with them."),
        "done": _("Done."),
        "withdrawn": _("Taken back. The receiver no longer needs to answer."),
        "message": _("The message is sent."),
        "time_chosen": _("The time is chosen. Both ends see it."),
    }[step]


def entry_title(entry: EntryView, route: ReferralRoute) -> str:
    """An entry of the thread as a reader meets it."""
    known = {
        "received": _("Read by the receiver"),
        "accepted": _("Accepted"),
        "on_hold": _("Is on hold"),
        "returned": _("Returned"),
        "answered": _("Answered"),
        "done": _("Done"),
        "withdrawn": _("Taken back by the sender"),
        "message": _("Message"),
        "time_chosen": _("Consultation time chosen"),
    }
    reason = reason_words(entry, route)
    return f"{known[entry.step]}: {reason}" if reason else known[entry.step]


def reason_words(entry: EntryView, route: ReferralRoute) -> str:
    """Why it was returned or put on hold, in lower case as it goes on in a sentence."""
    known = {one.key: one.name for one in (*route.return_reasons, *route.hold_reasons, *route.outcomes)}
    name = known[entry.reason].in_language(get_language() or "fi") if entry.reason in known else entry.reason
    return name[:1].lower() + name[1:]


def unit_words(unit: str) -> Any:
    """The unit's name; a dash for one that a protection order hides."""
    return organisation.unit_names().get(unit, Text(fi=unit or "–"))


def urgency_words(row: ReferralRow, urgency: str) -> str:
    known = {one.key: one.name.in_language(get_language() or "fi") for one in row.route.urgencies}
    return known.get(urgency, urgency)
