"""What is said of a time to the resident: how it is held, where it stands, why it cannot be booked."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.domain.bookings.rules import BookingState
from luotsi.domain.bookings.rules.own import WhyNot


def mode_words(mode: str) -> str:
    words = {
        "visit": _("At the reception"),
        "phone": _("We call you"),
        "remote": _("By video"),
        "home": _("At your home"),
        "group": _("In a group"),
        "vehicle_stop": _("In the vehicle, at its stop"),
    }
    return words.get(mode, "")


def time_state_words(state: BookingState) -> str:
    return {
        "kept": _("Not confirmed yet"),
        "offered": _("Offered to you"),
        "made": pgettext("time", "Booked"),
        "declined": _("You asked for another time"),
        "cancelled": pgettext("time", "Cancelled"),
        "held": _("You came"),
        "missed": _("You did not come"),
    }[state]


def refusal_words(why: WhyNot) -> str:
    """Why it cannot be booked here, and what to do instead."""
    return {
        "staff_only": _("A professional gives these times. Send us a message or call."),
        "not_known": _("These times are for people whom the unit cares for already. Send us a message first."),
        "no_decision": _("A professional first looks at what help you need. Then you can choose a time here."),
        "too_soon": _("That time begins too soon to be booked here. Choose a later one, or call us."),
        "too_far": _("Times so far ahead are not open yet. Choose an earlier one."),
        "too_many": _("You have booked as many of these times as you can at once. Move or cancel one of them first."),
        "overlaps": _("You have another time at the same moment. Choose another one."),
        "too_late": _("The time is so near that it cannot be changed here. Call the unit."),
        "not_adjacent": _("The times do not follow each other. Choose others."),
        "other_offering": _("That time is for something else. Choose another one."),
    }[why]


def order_choices() -> list[tuple[str, str]]:
    return [
        ("earliest", _("The earliest first")),
        ("nearest", _("The nearest first")),
        ("own", _("My own worker first")),
    ]


def weekday_choices() -> list[tuple[str, str]]:
    names = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    return [(str(number), name) for number, name in enumerate(names)]


def part_choices() -> list[tuple[str, str]]:
    return [("morning", _("In the morning")), ("afternoon", _("In the afternoon")), ("evening", _("After four"))]
