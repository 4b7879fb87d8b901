"""The ways in to services: channels with their places and hours."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from luotsi.base.now import local_day
from luotsi.base.text import Text
from luotsi.domain.catalogue import rules
from luotsi.domain.catalogue.rules import DayHours, Hours, UnusualHours
from luotsi.domain.catalogue.rules.hours import Exceptional, Weekly

_OF_SERVICES = """
    SELECT channel_id, jsonb_object_agg(service_id, position) AS positions
    FROM catalogue_connection WHERE service_id = ANY(%(services)s) GROUP BY channel_id
"""
_OF_PLACE = """
    SELECT id AS channel_id, jsonb_build_object(place_id, CASE way WHEN 'walk_in' THEN 0 ELSE 1 END) AS positions
    FROM catalogue_channel WHERE place_id = ANY(%(services)s)
"""
_SQL = """
WITH link AS ({links})
SELECT link.positions, channel.way, channel.phone, channel.url, channel.note, coalesce(channel.unit_id, '') AS unit,
       coalesce(place.key, '') AS place_key, place.name, place.street, place.postcode, place.post_office,
       place.municipality, place.northing, place.easting,
       (SELECT json_agg(json_build_array(kind, weekday, opens, closes, on_holidays, first_day, last_day, hours.note))
        FROM catalogue_openinghours hours WHERE hours.channel_id = channel.id) AS hours
FROM link
JOIN catalogue_channel channel ON channel.id = link.channel_id AND channel.unpublished_at IS NULL
LEFT JOIN catalogue_place place ON place.id = channel.place_id
WHERE (%(municipality)s = '' OR channel.serves = '{{}}' OR %(municipality)s = ANY(channel.serves))
  AND (channel.language IN ('', %(language)s) OR NOT EXISTS (
      SELECT 1 FROM catalogue_channel own
      WHERE own.source = channel.source AND own.source_id = channel.source_id AND own.way = channel.way
        AND own.language = %(language)s AND own.unpublished_at IS NULL))
"""


@dataclass(frozen=True)
class WayIn:
    """One way to a service. `is_open_now` is None when no hours are known; `opens_next` is set while it is closed.

    `choices` above 1: that many units offer this way and the resident has not said where they live, so no number stands
    here; the service page lists them. `week` (seven days from today) and `unusual` (what differs in the coming two
    months) are filled on the pages of a service and of a place; `place_key` leads to the latter.
    """

    kind: str
    phone: str = ""
    url: str = ""
    note: str = ""
    unit: str = ""
    place: str = ""
    place_key: str = ""
    address: str = ""
    municipality: str = ""
    northing: float | None = None
    easting: float | None = None
    is_always_open: bool = False
    is_open_now: bool | None = None
    opens_next: datetime | None = None
    week: tuple[DayHours, ...] = ()
    unusual: tuple[UnusualHours, ...] = ()
    choices: int = 1


def ways_in(
    services: list[UUID], *, language: str, municipality: str, at: datetime, with_week: bool = False
) -> dict[UUID, list[WayIn]]:
    """The ways in to each service, in the order in which they are offered, those in other languages only where this one
    has none. One query.
    """
    return _read(_OF_SERVICES, services, language=language, municipality=municipality, at=at, with_week=with_week)


def ways_of_place(place: UUID, *, language: str, at: datetime) -> list[WayIn]:
    """Its door first, then its telephones; with their hours. One query."""
    return _read(_OF_PLACE, [place], language=language, municipality="", at=at, with_week=True)[place]


def _read(
    links: str, services: list[UUID], *, language: str, municipality: str, at: datetime, with_week: bool
) -> dict[UUID, list[WayIn]]:
    found: dict[UUID, list[tuple[int, WayIn]]] = {service: [] for service in services}
    with connection.cursor() as cursor:
        sql = _SQL.format(links=links)
        cursor.execute(sql, {"services": services, "municipality": municipality, "language": language})
        names = [column.name for column in cursor.description]
        for row in cursor.fetchall():
            columns = dict(zip(names, row, strict=True))
            way = _way(columns, language, at, with_week=with_week)
            for service, position in as_json(columns["positions"]).items():
                found[UUID(service)].append((position, way))
    return {service: [way for _, way in sorted(ways, key=lambda pair: pair[0])] for service, ways in found.items()}


def one_of_each(ways: list[WayIn]) -> tuple[WayIn, ...]:
    """At most one way of each kind in place and one of each own number: for a result list."""
    shown: dict[tuple[str, str], WayIn] = {}
    for way in ways:
        slot = (way.kind, "" if way.place else way.phone + way.url)
        if slot in shown:
            shown[slot] = _merged(shown[slot], way)
        else:
            shown[slot] = way
    return tuple(shown.values())


def _merged(first: WayIn, other: WayIn) -> WayIn:
    """Several units: what differs between them is left out, and it is open if one of them is."""
    is_open = True if first.is_open_now or other.is_open_now else first.is_open_now
    opens = [moment for moment in (first.opens_next, other.opens_next) if moment]
    return WayIn(
        kind=first.kind,
        is_open_now=is_open,
        opens_next=None if is_open else min(opens, default=None),
        choices=first.choices + 1,
    )


def _way(row: dict[str, Any], language: str, at: datetime, *, with_week: bool) -> WayIn:
    hours = _hours(as_json(row["hours"]) or [], language)
    is_open = rules.is_open(hours, at)
    way = WayIn(
        kind=row["way"],
        phone=row["phone"],
        url=row["url"],
        note=_words(row["note"], language),
        unit=row["unit"],
        is_always_open=hours.always and is_open is True,
        is_open_now=is_open,
        opens_next=None if is_open else rules.opens_next(hours, at),
        week=rules.week_from(hours, local_day(at)) if with_week else (),
        unusual=rules.unusual_from(hours, local_day(at)) if with_week else (),
    )
    return replace(way, **_place(row, language)) if row["name"] else way


def _place(row: dict[str, Any], language: str) -> dict[str, Any]:
    address = f"{row['street']}, {row['postcode']} {_words(row['post_office'], language)}"
    return {
        "place": _words(row["name"], language),
        "place_key": row["place_key"],
        "address": address,
        "municipality": row["municipality"],
        "northing": row["northing"],
        "easting": row["easting"],
    }


def _hours(rows: list[list[Any]], language: str) -> Hours:
    """Hours from rows of kind, weekday, opens, closes, on_holidays, first_day, last_day and note."""
    return Hours(
        always=any(row[0] == "always" for row in rows),
        weekly=tuple(Weekly(row[1], _time(row[2]), _time(row[3]), row[4]) for row in rows if row[0] == "weekly"),
        exceptional=tuple(_exceptional(row, language) for row in rows if row[0] == "exceptional"),
    )


def _exceptional(row: list[Any], language: str) -> Exceptional:
    return Exceptional(
        first=date.fromisoformat(row[5]),
        last=date.fromisoformat(row[6]),
        opens=_time(row[2]) if row[2] else None,
        closes=_time(row[3]) if row[3] else None,
        note=_words(row[7], language),
    )


_time = lru_cache(time.fromisoformat)


def _words(texts: dict[str, str] | str, language: str) -> str:
    found = as_json(texts)
    return str(found.get(language) or found.get("fi") or "")


def as_json(value: Any) -> Any:
    """A JSON column of a raw query, which Django hands over as text."""
    return json.loads(value) if isinstance(value, str) else value


def as_text(texts: Any) -> Text:
    """A stored text of a raw query."""
    return Text(**{"fi": "", **as_json(texts)})
