"""How a guide stands, what keeps it from being published, and why something was not done."""

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from luotsi.domain.catalogue.rules.guides import Fault, State
from luotsi.rooms.steering.forms.words import LANGUAGE_NAMES

TONES = {"published": "success", "draft": "info", "earlier": "neutral", "ended": "warning"}


def states() -> dict[State, str]:
    return {
        "published": pgettext("guide", "Published"),
        "draft": pgettext("guide", "Draft"),
        "earlier": pgettext("guide", "Earlier"),
        "ended": pgettext("guide", "Taken away"),
    }


def parts() -> dict[str, str]:
    return {"name": pgettext("guide", "Title"), "summary": _("In one sentence"), "body": pgettext("guide", "Text")}


def fault(one: Fault) -> str:
    """One thing to mend, as a sentence."""
    language = LANGUAGE_NAMES.get(one.where, "")
    if one.why == "missing":
        return _("%(part)s is not written: %(language)s.") % {
            "part": parts()[one.where], "language": LANGUAGE_NAMES[one.what],
        }  # fmt: skip
    said = {
        "link": _(
            "A link leads to “%(what)s”. Write a whole address that begins with https://, or service:… or guide:…"
        ),
        "service": _("There is no published service “%(what)s”."),
        "guide": _("There is no published guide “%(what)s”."),
        "collection": _("There is no collection “%(what)s”."),
        "owner": _("Choose the unit that keeps the guide."),
        "review": _("Choose a day to come, within two years, by which the guide is read through again."),
        "part_of": _("The guide cannot stand on the page of “%(what)s”."),
        "notice": _("There is no notice “%(what)s”."),
    }[one.why] % {"what": one.what}
    return f"{said} ({language})" if language else said


def impossible(why: str) -> str:
    return {
        "taken": _("Another guide has that address. Write another."),
        "drafted": _("Somebody has begun a draft of this guide. Go on with it."),
        "unfinished": _("Something is to be mended first. It is listed below."),
        "published": _("The draft has been published meanwhile."),
        "not_in_force": _("The guide is not published."),
        "review": _("Choose a day to come, within two years."),
    }[why]


def language() -> str:
    return get_language() or "fi"
