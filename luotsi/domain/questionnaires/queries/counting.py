"""Answers counted, for those who lead: by unit and round or month, never a person. What is small is hidden by the page.

Everything here is counted as the system, after the viewer's right to read figures has been checked: a manager has no
relationship with anybody, and reads no answers that carry a person.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.questionnaires.definitions import Item, Questionnaire
from luotsi.domain.questionnaires.models import Collection
from luotsi.domain.questionnaires.queries import forms
from luotsi.domain.questionnaires.rules.published import counted_until, is_live

NOWHERE = ""  # the unit of answers that are about none
NO_ANSWER = ""  # the value of those who gave none
_MOST_VALUES = 11  # a scale longer than this is not counted value by value


@dataclass(frozen=True)
class Counted:
    """How many answered, in one unit and one round (None: day by day) and month (of those that belong to no round).

    `valued` have a result (the first score), whose sum is `total`.
    """

    unit: str
    round: UUID | None
    month: date | None
    answers: int
    valued: int
    total: float


@dataclass(frozen=True)
class Given:
    """How many gave one answer to one item, or fell into one band of a score, in one unit and round."""

    unit: str
    round: UUID | None
    key: str
    value: str
    answers: int


@dataclass(frozen=True)
class Gathered:
    """Everything that is counted of one questionnaire. `waiting`: there are answers that are not counted yet. `rounds`
    are those that are counted, the oldest first.
    """

    form: Questionnaire
    counted: tuple[Counted, ...]
    given: tuple[Given, ...]
    bands: tuple[Given, ...]
    waiting: bool
    rounds: tuple[UUID, ...] = ()


def countable(item: Item) -> tuple[str, ...]:
    """The answers to an item that can be counted one by one; none for texts, days and long numbers."""
    if item.options and item.type in {"choice", "choices", "open_choice"}:
        return tuple(option.value for option in item.options)
    if item.type == "yes_no":
        return ("yes", "no")
    least, most = item.least, item.most
    if item.type == "whole_number" and not isinstance(least, str | None) and not isinstance(most, str | None):
        values = range(int(least), int(most) + 1)
        return tuple(map(str, values)) if len(values) <= _MOST_VALUES else ()
    return ()


def counted_items(form: Questionnaire) -> list[Item]:
    """The items whose answers are counted, in reading order. Those in repeating groups are not."""

    def walk(items: tuple[Item, ...]) -> Any:
        for item in items:
            if not (item.type == "group" and item.repeats):
                if countable(item):
                    yield item
                yield from walk(item.items)

    return list(walk(form.items))


def questionnaires_answered(*, viewer: Who, at: datetime) -> list[Questionnaire]:
    """The questionnaires in force that somebody has answered in the last year, as the shelf orders them."""
    check_may(viewer, "results.read")
    with as_system(), connection.cursor() as sql:
        sql.execute("SELECT DISTINCT questionnaire FROM questionnaires_response WHERE completed_at >= %s", [_since(at)])
        found = {row[0] for row in sql.fetchall()}
    return [form for key, form in forms.current().items() if key in found]


def gathered(questionnaire: str, *, viewer: Who, at: datetime) -> Gathered:
    """The last twelve months and this one of a questionnaire's version in force. Raises NotAllowed, KeyError."""
    check_may(viewer, "results.read")
    form = forms.definition(questionnaire)
    with as_system(), connection.cursor() as sql:
        let_in, waiting = _let_in(sql, form, at)
        told = {"form": form.key, "version": form.version, "since": _since(at), **let_in}
        told |= {"score": form.scores[0].key if form.scores else "", "items": [one.key for one in counted_items(form)]}
        counted = [Counted(*row) for row in _rows(sql, _COUNTED, told)]
        given = [Given(*row) for row in _rows(sql, _GIVEN, told)]
        bands = [Given(*row) for row in _rows(sql, _BANDS, told)]
        rounds = Collection.objects.filter(id__in={one.round for one in counted if one.round})
        ordered = tuple(rounds.order_by("opens_at", "id").values_list("id", flat=True))
    return Gathered(form, tuple(counted), tuple(given), tuple(bands), waiting, ordered)


def _since(at: datetime) -> datetime:
    today = local_day(at)
    return start_of(today.replace(year=today.year - 1, day=1))


def _rows(sql: Any, statement: str, told: dict[str, Any]) -> list[Any]:
    sql.execute(_ADMITTED + statement, told)
    return list(sql.fetchall())


def _let_in(sql: Any, form: Questionnaire, at: datetime) -> tuple[dict[str, Any], bool]:
    """Which units and rounds are counted, and up to which day."""
    sql.execute(_BY_DAY, {"form": form.key, "version": form.version, "since": _since(at), "at": at})
    days: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
    closed: dict[tuple[str, str], bool] = {}
    for unit, round_, day, is_closed, answers in sql.fetchall():
        days[unit, round_][day], closed[unit, round_] = answers, is_closed
    today, untils = local_day(at), {}
    for place, by_day in days.items():
        if place[1] or is_live(form):
            untils[place] = today + timedelta(days=1) if closed[place] or not place[1] else None
        else:
            untils[place] = counted_until(by_day, today)
    known = {place: until for place, until in untils.items() if until is not None}
    waiting = any(day >= known.get(place, date.min) for place, by_day in days.items() for day in by_day)
    told = {
        "units": [unit for unit, _ in known], "rounds": [round_ for _, round_ in known], "untils": list(known.values()),
    }  # fmt: skip
    return told, waiting


_OF_FORM = """
    questionnaires_response r LEFT JOIN questionnaires_collection c ON c.id = r.collection_id AND c.mode = 'invited'
    WHERE r.questionnaire = %(form)s AND r.version = %(version)s AND r.completed_at >= %(since)s
    AND NOT EXISTS (SELECT FROM questionnaires_response n WHERE n.replaces_id = r.id AND n.completed_at IS NOT NULL)
"""
_DAY = "(r.completed_at AT TIME ZONE 'Europe/Helsinki')::date"
_BY_DAY = f"""
SELECT coalesce(r.unit_id, ''), coalesce(c.id::text, ''), {_DAY} AS day,
       bool_and(c.id IS NULL OR coalesce(c.closes_at <= %(at)s, false)), count(*)
FROM {_OF_FORM} GROUP BY 1, 2, 3
"""  # noqa: S608 (constants)
_ADMITTED = f"""
WITH place AS (SELECT * FROM unnest(%(units)s::text[], %(rounds)s::text[], %(untils)s::date[]) p(unit, round, until)),
admitted AS MATERIALIZED (
    SELECT r.id, coalesce(r.unit_id, '') AS unit, c.id AS round, r.answers,
           CASE WHEN c.id IS NULL THEN date_trunc('month', {_DAY})::date END AS month, {_DAY} AS day
    FROM {_OF_FORM}),
answer AS MATERIALIZED (
    SELECT a.* FROM admitted a JOIN place p
    ON p.unit = a.unit AND p.round = coalesce(a.round::text, '') AND a.day < p.until)
"""  # noqa: S608 (constants)
_COUNTED = """
SELECT a.unit, a.round, a.month, count(*), count(s.value), coalesce(sum(s.value), 0)::float
FROM answer a LEFT JOIN questionnaires_score s ON s.response_id = a.id AND s.key = %(score)s GROUP BY 1, 2, 3
ORDER BY 3, 2, 1
"""
_GIVEN = """
SELECT a.unit, a.round, e.key, o.value, count(*)
FROM answer a CROSS JOIN LATERAL jsonb_each(a.answers) e CROSS JOIN LATERAL (
    SELECT x #>> '{}' FROM jsonb_array_elements(CASE jsonb_typeof(e.value) WHEN 'array' THEN e.value ELSE '[]' END) x
    UNION ALL SELECT e.value #>> '{}' WHERE jsonb_typeof(e.value) <> 'array') o(value)
WHERE e.key = ANY (%(items)s) GROUP BY 1, 2, 3, 4
"""
_BANDS = """
SELECT a.unit, a.round, s.key, s.band, count(*)
FROM answer a JOIN questionnaires_score s ON s.response_id = a.id WHERE s.band <> '' GROUP BY 1, 2, 3, 4
"""
