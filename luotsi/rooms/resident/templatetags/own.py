"""Words for what is known of a resident: registers, sources of a mandate, ways of saying yes."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

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
