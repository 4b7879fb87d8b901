"""What every layout knows of the place and the page: the county, the languages and the colour theme."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from pydantic import ConfigDict

from luotsi.base.shelf import ROOT, Definition, read
from luotsi.base.text import LANGUAGES

# Each language's invitation is written in that language.
INVITATIONS = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}
THEMES = ("light", "dark")


class County(Definition):
    """The county's key and name; the rest of its file belongs to the organisation."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def layout(request: HttpRequest) -> dict[str, Any]:
    """`county`, `languages` (each with this page's address in it) and `theme` ("" follows the device)."""
    theme = request.GET.get("theme", "")
    return {
        "county": county(settings.COUNTY),
        "languages": languages(request),
        "theme": theme if theme in THEMES else "",
    }


@cache
def county(key: str) -> County:
    """The county whose name stands in the header."""
    return read(ROOT / "organisation" / f"{key}.yaml", County)


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each language; a page without one in its address stays as it is."""
    here = request.get_full_path()
    now = (get_language() or "fi")[:2]
    return [
        {"code": code, "name": INVITATIONS[code], "url": translate_url(here, code), "current": code == now}
        for code in LANGUAGES
    ]
