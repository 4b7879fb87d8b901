"""What pages of home rounds say of troubles, of visits without a place, and of what cannot be done."""

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luotsi.domain.bookings.actions.homevisits import WhyNot
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.rules.rounds import Trouble, Why, WhyNoMove

TROUBLES: dict[Trouble, object] = {
    "late": _("The drive takes longer than there is time"),
    "overlaps": _("At the same time as the one before"),
    "outside_window": _("Outside of the agreed hours"),
    "outside_hours": _("Outside of working hours"),
    "no_lunch": _("No time for lunch"),
}
WHY_LEFT: dict[Why, object] = {
    "nobody_at_work": _("Nobody is at work that day."),
    "not_qualified": _("Nobody at work is qualified for it."),
    "outside_hours": _("Nobody who could make it is at work in those hours."),
    "other_time": _("The resident has another time in those hours."),
    "pinned_away": _("The worker whom you chose is not at work."),
    "full": _("Everybody who could make it is full in those hours."),
}
NO_MOVE: dict[WhyNoMove, object] = {
    "not_at_work": _("They are not at work that day. Choose somebody else."),
    "not_qualified": _("They are not qualified for this visit. Choose somebody else."),
    "outside_hours": _("Their working hours do not cover the visit. Choose another time."),
    "meets_pinned": _("You have pinned another visit of theirs to that time. Choose another time, or unpin the other."),
    "other_time": _("The resident has another time then. Choose another time."),
    "not_placed": _("The visit has no place yet. Choose a worker and a time."),
}
REFUSED: dict[WhyNot, tuple[str, object]] = {
    "no_days": ("until", _("There is no such day between the first and the last day.")),
    "past": ("day", _("That time has passed. Choose a later one.")),
    "too_far": ("day", _("That is too far ahead. Visits are asked for a year ahead at most.")),
    "too_many": ("until", _("That is too many days. Ask for two months at a time at most.")),
    "backwards": ("latest", _("The visit begins at the latest before it begins at the earliest. Check the times.")),
    "offering": ("what", _("Choose from the list.")),
    "nobody": ("own_worker", _("They do not work in this unit.")),
    "begun": ("", _("The visit has begun, so it can no longer be changed.")),
}
STATES = {
    "made": pgettext_lazy("home visit", "Told to the resident"),
    "held": pgettext_lazy("home visit", "Done"),
    "missed": pgettext_lazy("home visit", "Nobody was at home"),
}
NOT_HELD = [
    ("no_word", _("Nobody opened the door")), ("ill", _("The resident was ill")), ("forgot", _("It was forgotten")),
    ("wrong_time", _("The time was understood wrongly")),
]  # fmt: skip


def what_words(offering: str, reason: str) -> str:
    """The visit and, after a colon, what it is about."""
    known = offerings().get(offering)
    if known is None:
        return offering
    language = get_language()
    about = next((one.name.in_language(language) for one in known.durations if one.reason == reason), "")
    return f"{known.name.in_language(language)}: {about.lower()}" if about else known.name.in_language(language)
