"""What the pages of an organisation's services show, and how a step is said."""

from typing import Any

from django.utils.translation import get_language, gettext_noop, ngettext, pgettext
from django.utils.translation import gettext as _

from luotsi.base.text import Text
from luotsi.domain.catalogue.definitions import tray_kinds
from luotsi.domain.catalogue.queries.entries import EntryView
from luotsi.domain.catalogue.rules.entries import TEXTS
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.team.entryforms import LABELS

_TONES = {
    "draft": "neutral", "sent": "info", "returned": "warning", "checked": "info", "published": "success",
    "withdrawn": "neutral",
}  # fmt: skip
DONE = {
    "send": gettext_noop("Sent to the county. You see here when it is checked."),
    "check": gettext_noop("Checked. The organisation publishes it."),
    "return": gettext_noop("Returned with what to mend."),
    "publish": gettext_noop("Published. People find it from now on."),
    "withdraw": gettext_noop("Taken down. People find it no more; the text is kept here."),
}


def state_words(state: str) -> str:
    return {
        "draft": pgettext("entry", "Draft"),
        "sent": pgettext("entry", "Waits to be checked"),
        "returned": pgettext("entry", "To be mended"),
        "checked": pgettext("entry", "Checked, not published"),
        "published": pgettext("entry", "Published"),
        "withdrawn": pgettext("entry", "Taken down"),
    }[state]


def step_words(step: str) -> str:
    return {
        "send": _("Send to be checked"),
        "check": _("It can be published"),
        "publish": pgettext("entry", "Publish"),
        "withdraw": _("Take down"),
    }[step]


def line(one: EntryView) -> dict[str, Any]:
    """One service on the list and at the head of its page."""
    language, content = get_language() or "fi", one.content
    kind = tray_kinds().get(content.kind)
    lacking = {code for codes in content.in_languages().values() for code in codes}
    return {
        "one": one,
        "name": content.name,
        "language": content.name.language_of(language),
        "unit": organisation.unit_names()[one.unit],
        "kind": kind.name if kind else None,
        "state": state_words(one.state),
        "tone": _TONES[one.state],
        "lacking": [words for code, words in _languages() if code in lacking],
        "is_read_meanwhile": one.shown is not None and one.state != "published",
    }


def told(one: EntryView) -> dict[str, Any]:
    """Everything of one service."""
    towns, language, content = organisation.municipality_names(), get_language() or "fi", one.content
    lacks = LABELS | {
        "way": _("A phone number, a web address or a street address"),
        "review_on": _("A day ahead on which you look at it again"),
    }
    contact = (content.street, f"{content.postcode} {content.post_office}".strip())
    named = LABELS | {"kind": pgettext("service", "What it is about"), "municipalities": _("For the people of")}
    return {
        **line(one),
        "texts": [(LABELS[name], _versions(getattr(content, name))) for name in TEXTS],
        "towns": ", ".join(towns[code].in_language(language) for code in content.municipalities if code in towns),
        "address": ", ".join(part for part in contact if part),
        "lacks": [lacks[name] for name in one.lacks] if "send" in one.steps else [],
        "changed": [named.get(name, _("How to get in touch")) for name in one.changed],
        "buttons": [(step, step_words(step)) for step in one.steps if step not in {"write", "return"}],
    }


def summary(lines: list[dict[str, Any]], *, checks: bool) -> str:
    """What waits for the reader, in a sentence; "" when nothing does."""
    waits = {"sent"} if checks else {"returned", "checked"}
    count = sum(one["one"].state in waits for one in lines)
    if not count:
        return ""
    if checks:
        return ngettext("%(count)d waits to be checked.", "%(count)d wait to be checked.", count) % {"count": count}
    return ngettext("%(count)d waits for you.", "%(count)d wait for you.", count) % {"count": count}


def _versions(text: Text) -> list[tuple[str, str, str]]:
    """The text in each of the languages, "" where it is not written."""
    return [(code, own, getattr(text, code)) for code, own in _languages(all_three=True)]


def _languages(*, all_three: bool = False) -> list[tuple[str, str]]:
    names = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
    return names if all_three else names[1:]
