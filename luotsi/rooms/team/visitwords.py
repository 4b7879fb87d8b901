"""What is said of a visit on its day, and why a time cannot be moved or marked."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.domain.bookings.queries.day import Stage
from luotsi.domain.bookings.rules import WRONG_MARKS, Mark
from luotsi.domain.bookings.rules.own import WhyNot


def stage_words(stage: Stage) -> str:
    return {
        "kept": _("Being chosen"),
        "offered": _("Offered, not answered"),
        "made": pgettext("visit", "Booked"),
        "arrived": pgettext("visit", "Arrived"),
        "began": _("In progress"),
        "held": pgettext("visit", "Done"),
        "missed": _("Did not come"),
    }[stage]


def stage_tone(stage: Stage) -> str:
    """The tone of a tag; the words say the same."""
    tones = {"arrived": "warning", "began": "info", "held": "success", "missed": "danger"}
    return tones.get(stage, "neutral")


def board_tone(stage: Stage) -> str:
    return {"arrived": "here", "began": "here", "held": "done", "missed": "missed"}.get(stage, "booked")


def no_show_reasons() -> list[tuple[str, str]]:
    return [
        ("no_word", _("Sent no word")),
        ("ill", _("Was ill")),
        ("forgot", _("Had forgotten")),
        ("no_way_to_come", _("Had no way to come")),
        ("wrong_time", _("Had understood the time wrongly")),
    ]


def wrong_mark_reasons(mark: Mark) -> list[tuple[str, str]]:
    """Why this mark was wrong, to choose from."""
    words = {
        "wrong_press": _("Another mark was meant"),
        "wrong_person": _("Another person was meant"),
        "came_after_all": _("They came after all"),
        "not_held": _("There was no visit after all"),
    }
    return [(key, words[key]) for key in WRONG_MARKS[mark]]


def marked_words(what: str) -> str:
    return {
        "arrived": _("Marked: arrived."),
        "began": _("Marked: in progress."),
        "held": _("Marked: done."),
        "missed": _("Marked: did not come."),
    }[what]


def why_not_words(why: WhyNot) -> str:
    """Why the time cannot be moved there; said to a worker."""
    known = {
        "overlaps": _("The resident has another time at the same moment. Choose another one."),
        "other_offering": _("That time is for something else, or too short. Choose another one."),
    }
    return known.get(why, _("It cannot be moved there. Choose another time."))
