"""Reading what happened to very many subjects, of each only what a reader asks for."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from django.db import connection

_EVENT, _PART = "\x1e", "\x1f"
# Of an event the column stands for what its body does not say.
_COLUMNS = ("profession", "urgency", "channel", "service", "unit", "register")


class Matter(NamedTuple):
    """One subject's events in order, those of the same moment by their uid.

    `shape` tells of each its kind and what was asked of it, as JSON: matters alike have the same one. `times` are
    microseconds since 1970. `tokens` and `starts` are a body's booking and starts_at, which make no two matters alike.
    `is_corrected`: some of it was corrected later, and it is still told here.
    """

    subject: str
    resident: str | None
    case_kinds: tuple[str, ...]
    shape: str
    times: list[int]
    tokens: list[str]
    starts: list[str]
    is_corrected: bool

    def told(self) -> Iterator[tuple[str, list[str]]]:
        """Of each event its kind and the JSON of what was asked of it, "" for what it does not say."""
        for one in self.shape.split(_EVENT):
            kind, *said = one.split(_PART)
            yield kind, said


def edges(kinds: Collection[str], *, every: int = 2_000) -> list[str]:
    """Subjects that part those with an event of these kinds into ranges of so many; the first and last are open."""
    with connection.cursor() as sql:
        sql.execute(_EDGES, {"kinds": list(kinds), "every": every})
        return [subject for (subject,) in sql.fetchall()]


def matters_between(first: str, before: str, *, asked: Mapping[str, Collection[str]]) -> list[Matter]:
    """The subjects from `first` to before `before` ("" for no bound). `asked`: the names wanted of each kind's body,
    in their order; events of other kinds are left out.
    """
    cases, names = [], []
    for kind, wanted in asked.items():
        said = "".join(f" || '{_PART}' || {_said(name)}" for name in wanted)
        cases.append(f"WHEN %s THEN ''{said}")
        names += [kind, *wanted]
    told = f"CASE kind {' '.join(cases)} ELSE '' END"
    with connection.cursor() as sql:
        sql.execute(_MATTERS.format(told=told), [*names, first or _FIRST, before or _LAST, list(asked)])
        return [_matter(*row) for row in sql.fetchall()]


def _matter(
    subject: str,
    resident: str | None,
    kinds: str | None,
    shape: str,
    times: list[int],
    tokens: str,
    starts: str,
    is_corrected: bool,
) -> Matter:
    told = tuple(kinds.split(",")) if kinds else ()
    return Matter(subject, resident, told, shape, times, tokens.split(_EVENT), starts.split(_EVENT), is_corrected)


def _said(name: str) -> str:
    column = f"to_jsonb({name})" if name in _COLUMNS else "NULL"
    return f"coalesce((coalesce(body -> %s, {column}))::text, '')"


_FIRST, _LAST = "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"
_EDGES = """
SELECT subject::text FROM (
    SELECT subject, row_number() OVER (ORDER BY subject) AS place
    FROM (SELECT DISTINCT subject FROM events_event WHERE kind = ANY(%(kinds)s) AND subject IS NOT NULL) AS every
) AS placed WHERE place %% %(every)s = 0 ORDER BY subject
"""
_MATTERS = """
SELECT subject::text, min(resident::text), string_agg(DISTINCT nullif(case_kind, ''), ','),
       string_agg(kind || told, chr(30) ORDER BY occurred_at, uid),
       array_agg((extract(epoch FROM occurred_at) * 1000000)::int8 ORDER BY occurred_at, uid),
       string_agg(coalesce(body ->> 'booking', ''), chr(30) ORDER BY occurred_at, uid),
       string_agg(coalesce(body ->> 'starts_at', ''), chr(30) ORDER BY occurred_at, uid), bool_or(corrects IS NOT NULL)
FROM (SELECT *, {told} AS told FROM events_event
      WHERE subject >= %s::uuid AND subject < %s::uuid AND (kind = ANY(%s) OR corrects IS NOT NULL)) AS events
GROUP BY subject
"""
