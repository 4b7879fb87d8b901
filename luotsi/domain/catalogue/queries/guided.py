"""The guided way: from a theme of life to a need, and from there to services. No words are asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from luotsi.base.text import Language, sort_key
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.definitions import Need
from luotsi.domain.catalogue.models import Service
from luotsi.domain.catalogue.queries.notices import Safety, notice_of
from luotsi.domain.catalogue.queries.ways import as_text, ways_in
from luotsi.domain.catalogue.rules.guided import is_for


@dataclass(frozen=True)
class GuidedService:
    """A service at the end of the way. `language` is the one its name is really in."""

    key: str
    name: str
    summary: str
    language: str
    is_open_now: bool


@dataclass(frozen=True)
class Guided:
    """What somebody with a need is led to; the guidance desk stands last, so that nobody stands before nothing.

    `notice` must be read first. `left_out`: services that are for others than who was said.
    """

    services: tuple[GuidedService, ...]
    notice: Safety | None
    left_out: int


def theme_with(theme: str, need: str = "") -> tuple[definitions.Theme, Need | None] | None:
    """A theme and one of its needs by their keys; None when there is no such theme or need."""
    found = next((one for one in definitions.themes() if one.key == theme), None)
    wanted = next((one for one in found.needs if one.key == need), None) if found else None
    return None if found is None or (need and wanted is None) else (found, wanted)


def led_to(need: Need, language: Language, *, municipality: str = "", group: str = "", at: datetime) -> Guided:
    """The county's named services in their order, then the others: its own first, by name. Two queries."""
    rows = Service.objects.published().filter(
        Q(key__in=[*need.services, definitions.GUIDANCE])
        | Q(service_class__overlap=list(need.classes))
        | Q(life_events__overlap=list(need.life_events))
    )
    here = [row for row in rows if not municipality or not row.municipalities or municipality in row.municipalities]
    fitting = [row for row in here if _is_for(row, group) or row.key == definitions.GUIDANCE]
    ways = ways_in([row.id for row in fitting], language=language, municipality=municipality, at=at)
    open_now = {row.id for row in fitting if any(way.is_open_now for way in ways[row.id])}
    return Guided(
        services=tuple(_told(row, language, row.id in open_now) for row in _in_order(fitting, need, language)),
        notice=notice_of(need.notice, language) if need.notice else None,
        left_out=len(here) - len(fitting),
    )


def _is_for(row: Service, group: str) -> bool:
    return is_for(group, age_from=row.age_from, age_to=row.age_to, audience=row.audience)


def _in_order(rows: Iterable[Service], need: Need, language: Language) -> list[Service]:
    named = {key: place for place, key in enumerate(need.services)}
    return sorted(
        rows,
        key=lambda row: (
            row.key == definitions.GUIDANCE and row.key not in named,
            named.get(row.key, len(named)),
            row.source != "shelf",
            sort_key(as_text(row.name).in_language(language)),
        ),
    )


def _told(row: Service, language: Language, is_open_now: bool) -> GuidedService:
    name = as_text(row.name)
    return GuidedService(
        key=row.key,
        name=name.in_language(language),
        summary=as_text(row.summary).in_language(language),
        language=name.language_of(language),
        is_open_now=is_open_now,
    )
