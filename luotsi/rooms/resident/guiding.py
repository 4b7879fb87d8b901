"""What the page of a guide shows of it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from luotsi.base import markdown
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.catalogue.queries.guides import GuidePage, guide_names
from luotsi.domain.organisation import definitions as organisation

_PAGES = {"service": "service", "guide": "guide"}


def told(guide: GuidePage) -> dict[str, Any]:
    """What `resident/guide.html` reads."""
    language = get_language() or "fi"
    parts = markdown.read(guide.text.body.in_language(language))
    return {
        "guide": guide,
        "parts": parts,
        "addresses": _addresses(parts),
        "owner": organisation.unit_names().get(guide.text.owner),
    }


def _addresses(parts: tuple[markdown.Part, ...]) -> dict[str, str]:
    """Where the text's links to pages of ours lead; those that are not published are left out."""
    found = [match for to in markdown.links(parts) if (match := markdown.LINK.fullmatch(to)) and match["kind"]]
    if not found:
        return {}
    there = {"service": catalogue.service_names(get_language() or "fi"), "guide": guide_names()}  # type: ignore[arg-type]
    return {
        f"{one['kind']}:{one['key']}": reverse(_PAGES[one["kind"]], kwargs={"key": one["key"]})
        for one in found
        if one["key"] in there[one["kind"]]
    }
