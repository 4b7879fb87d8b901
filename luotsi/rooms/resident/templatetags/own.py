"""Words for what is known of a resident: registers, sources of a mandate, ways of saying yes."""

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from luotsi.domain.people.definitions import MandateKind

register = template.Library()

_LANGUAGES = {"fi": "suomi", "sv": "svenska", "en": "English"}


@register.filter
def language_name(code: str) -> str:
    """The language by its own name."""
    return _LANGUAGES.get(code, code)


@register.filter
def register_name(key: str) -> str:
    """A register in words, as it stands in a list."""
    words = {
        "health": _("health care"),
        "social": _("social care"),
        "child_welfare": _("child welfare"),
    }
    return words.get(key, key)


@register.filter
def register_names(keys: Iterable[str]) -> str:
    """The registers in a list; what belongs to none is not worth a word."""
    return ", ".join(register_name(key) for key in keys if key != "none")


@register.filter
def mandate_source(key: str) -> str:
    """Whence the county knows of a mandate."""
    words = {
        "population_register": _("from the population register"),
        "document": _("from a document that was shown to us"),
        "visit": _("told to us at a visit"),
        "phone": _("told to us by phone"),
    }
    return words.get(key, key)


@register.filter
def your_right(kind: MandateKind) -> str:
    """Why one may act, said to whoever acts; a kind that has no words here is called by its name."""
    words = {
        "guardian": _("you are the child's guardian"),
        "mandate": _("you have a mandate"),
        "trustee": _("you are the appointed guardian"),
    }
    return words.get(kind.key) or kind.name.in_language(get_language() or "fi")


@register.filter
def what_one_may_do(kind: MandateKind) -> list[str]:
    """What the kind covers; what is open to everybody is not worth a word."""
    words = {
        "contact.send": _("send messages"),
        "questionnaire.answer": _("fill in forms"),
        "matters.read": _("follow the matters"),
        "booking.answer": _("answer and cancel times"),
        "own.read": _("see the details"),
        "log.own": _("see who has looked at the data"),
        "own.export": _("take a copy of the data"),
    }
    return [said for action, said in words.items() if action in kind.actions]


@register.filter
def how_given(key: str) -> str:
    """How a yes or a no was given."""
    words = {
        "self": _("by yourself in this service"),
        "visit": _("at a visit"),
        "phone": _("by phone"),
        "paper": _("on paper"),
    }
    return words.get(key, key)


@register.filter
def answer_name(answer: str) -> str:
    """A word on a purpose: yes, no, or nothing said."""
    words = {"yes": pgettext("consent", "Allowed"), "no": pgettext("consent", "Refused")}
    return words.get(answer, pgettext("consent", "Nothing said"))


@register.filter
def answer_tone(answer: str) -> str:
    return {"yes": "success", "no": "warning"}.get(answer, "neutral")
