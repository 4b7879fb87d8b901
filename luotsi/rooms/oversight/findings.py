"""What stands out in the log, in words and in groups."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from luotsi.base.dates import start_of
from luotsi.base.now import today
from luotsi.base.who import Who
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.people import queries as people
from luotsi.domain.people.definitions import grounds
from luotsi.domain.people.queries import Unusual
from luotsi.rooms.oversight import words
from luotsi.rooms.oversight.logsearch import Asked
from luotsi.ui.words import day, moment

DAYS = (1, 7, 30, 90)
_TITLES = {
    "oneself": _("Workers who opened their own records"),
    "surname": _("Same surname"),
    "address": _("Same address"),
    "colleague": _("A colleague's records"),
    "emergency": _("Many emergency accesses"),
    "refused": _("Many refused attempts"),
    "night": _("At night"),
    "many": _("Far more people than on their own ordinary day"),
}


def days_of(said: str) -> int:
    """How many days back, of those offered; a month otherwise."""
    return int(said) if said in {str(days) for days in DAYS} else 30


def choices(days: int) -> list[tuple[str, str, bool]]:
    """How far back one may look: words, address, and whether it is so now."""
    return [(ngettext("%(n)d day", "%(n)d days", one) % {"n": one}, f"?days={one}", one == days) for one in DAYS]


def groups(viewer: Who, days: int) -> list[dict[str, Any]]:
    """The findings of the last days by kind, the worst kind first. Whose names are shown is logged."""
    until = start_of(today() + timedelta(days=1))
    found = people.unusual(viewer=viewer, since=until - timedelta(days=days), until=until)
    kinds = {one.kind: [other for other in found if other.kind == one.kind] for one in found}
    places = {
        one.id: words.place_words(one) for one in organisation.colleagues({one.actor for one in found}, on=today())
    }
    return [
        {"title": _TITLES[kind], "of_pairs": rows[0].resident is not None, "rows": [_row(one, places) for one in rows]}
        for kind, rows in kinds.items()
    ]


def behind(sent: QueryDict) -> Asked:
    """The rows of the log behind a finding."""
    outcome = "refused" if sent.get("outcome") == "refused" else ""
    return Asked(resident=_id(sent.get("resident", "")), actor=_id(sent.get("actor", "")), outcome=outcome)


def _row(one: Unusual, places: dict[UUID, str]) -> dict[str, Any]:
    known = [grounds()[key].name.in_language(get_language()) for key in one.grounds if key in grounds()]
    when = day(one.last_at) if one.kind == "many" else moment(one.last_at)
    return {
        "it": one,
        "grounds": ", ".join(known) or _("Not known"),
        "place": places.get(one.actor, ""),
        "when": when,
        "outcome": "refused" if one.kind == "refused" else "",
    }


def _id(said: str) -> str:
    try:
        return str(UUID(said))
    except ValueError:
        return ""
