"""Words about a service for its readers: whom it is for and where it is given."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.domain.catalogue.queries import ServicePage
from luotsi.domain.organisation.definitions import municipality_names


def for_whom(service: ServicePage) -> list[str]:
    """Ages, the groups of people whom it is meant for, and the municipalities."""
    groups = [words for code, words in _groups().items() if code in service.audience]
    return [part for part in (_ages(service), *groups, _where(service)) if part]


def _ages(service: ServicePage) -> str:
    lowest, highest = service.age_from, service.age_to
    if lowest is not None and highest is not None:
        return _("Ages %(from)d to %(to)d") % {"from": lowest, "to": highest}
    if lowest is not None:
        return _("From the age of %(age)d") % {"age": lowest}
    return _("Up to the age of %(age)d") % {"age": highest} if highest is not None else ""


def _groups() -> dict[str, str]:
    """Target groups of the national catalogue; KR1, everybody, needs no words."""
    return {
        "KR1.1": _("Older people"),
        "KR1.2": _("Children and their families"),
        "KR1.3": _("Young people"),
        "KR1.4": _("People with a long-term illness"),
        "KR1.5": _("Finns who live abroad"),
        "KR1.6": _("People with a disability"),
    }


def _where(service: ServicePage) -> str:
    names = municipality_names()
    here = [names[code].in_language(get_language() or "fi") for code in service.municipalities if code in names]
    if not here or len(here) == len(names):
        return _("Everybody who lives in the county")
    return _("Those who live here: %(municipalities)s") % {"municipalities": ", ".join(here)}
