"""The story's referrals as rows, clocks and events, as the actions of the cases noun would have left them."""

import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa

from luotsi.base.bulk import Stream
from luotsi.demo import cast, clock_rows, ids
from luotsi.demo.chronicle import SYSTEM, Happening
from luotsi.demo.referred import RECEIVER, Entry, Sent
from luotsi.demo.stage_rows import StageRows, clock_table, of_clock
from luotsi.demo.streams import moments, stream_of
from luotsi.demo.tables import UNITS, Rows
from luotsi.domain.cases.definitions import ReferralRoute, referral_routes
from luotsi.domain.clocks.actions.reading import ReadClock, columns, read_clocks
from luotsi.domain.clocks.rules import Fact, remembering

_SENT = ("id", "key", "case_id", "resident_id", "register", "route", "from_unit_id", "to_unit_id", "urgency",
         "question", "sent_by_id", "sent_at", "ended_at", "opened_id", "follows_id")  # fmt: skip
_ENTRY = ("id", "key", "referral_id", "step", "reason", "note", "minutes", "written_by_id", "written_at")
_MOMENTS = {"sent_at", "ended_at", "written_at"}
_ORDER = {"referral.sent": 6, "referral.moved": 10, "referral.withdrawn": 10, "clock.started": 7, "clock.stopped": 14}
_ANSWERS_QUESTIONS = str(cast.MEMBERS["elo"].id)


class ReferralRows:
    """Streams of rows of these threads. Their own matters stand last among the staged ones, from place `first`."""

    def __init__(self, rng: np.random.Generator, rows: Rows, staged: StageRows, threads: Sequence[Sent]) -> None:
        self.rows, self.told, self.staged, self.threads = rows, rows.told, staged, threads
        self.ids, self.keys = ids.draw(rng, len(threads)), ids.draw(rng, len(threads))
        self.entry_ids = ids.draw(rng, sum(len(one.entries) for one in threads))
        first = len(staged.places) - sum(one.opened is not None for one in threads)
        opened = iter(staged.places[first:])
        self.opened = [staged.case(next(opened)) if one.opened else None for one in threads]

    def referrals(self) -> Stream:
        return self._stream(_SENT, (self._sent(number, one) for number, one in enumerate(self.threads)))

    def entries(self) -> Stream:
        made = ((number, one, entry) for number, one in enumerate(self.threads) for entry in one.entries)
        return self._stream(_ENTRY, (self._entry(place, *it) for place, it in enumerate(made)))

    def clocks(self) -> Stream:
        read = [columns(ids.one(self.ids, n), clock) for n, clocks in enumerate(self.clocks_of) for clock in clocks]
        return stream_of(clock_rows.COLUMNS, clock_table(self.told, read))

    @cached_property
    def clocks_of(self) -> list[tuple[ReadClock, ...]]:
        """The clocks of each thread: the duty to answer."""
        days, count, born = self.told.days, remembering(), self.told.residents.born
        at = days.moment_of(days.now)
        return [
            read_clocks(
                self._facts(one), route_of(one).clocks, born=born[self.told.matters.resident[one.case]], at=at,
                count=count,
            )
            for one in self.threads
        ]  # fmt: skip

    def happened(self) -> list[Happening]:
        """Every event, kind by kind."""
        by_kind: dict[str, list[tuple[int, int, dict[str, Any], str]]] = {}
        for number, one in enumerate(self.threads):
            for kind, at, body, who in self._events(number, one):
                by_kind.setdefault(kind, []).append((number, at, body, who))
        return [self._happening(kind, told) for kind, told in by_kind.items()]

    def _events(self, number: int, one: Sent) -> Iterable[tuple[str, int, dict[str, Any], str]]:
        follows = None if one.follows is None else str(ids.one(self.ids, one.follows))
        sent = {"route": one.way.route, "to_unit": route_of(one).to_units[0], "case": self._case(one)}
        conditions = {"urgent": True} if one.urgency else {}
        yield "referral.sent", one.at, {**sent, "follows": follows, "conditions": conditions}, self._sender(one)
        for entry in one.entries:
            kind, body = _event(entry)
            yield kind, entry.at, body, self._writer(one, entry)
        for clock in self.clocks_of[number]:
            for kind, at, body, is_system in of_clock(self.told.days, clock):
                yield kind, at, body, "" if is_system else self._sender(one)

    def _happening(self, kind: str, told: list[tuple[int, int, dict[str, Any], str]]) -> Happening:
        threads = [self.threads[number] for number, *_ in told]
        routes = [route_of(one) for one in threads]
        cases = np.array([one.case for one in threads])
        bodies = pa.array([json.dumps(body) for _n, _at, body, _who in told])
        columns_ = {
            "unit": pa.array([route.to_units[0] for route in routes]),
            "service": pa.array([route.opens_service for route in routes]),
            "case_kind": pa.array([route.key for route in routes]),
            "register": pa.array([route.register for route in routes]),
            "urgency": pa.array([one.urgency for one in threads]),
            "actor_id": pa.array([who or None for *_, who in told], pa.string()),
            "actor_role": pa.array([self._role(who, one) for (*_, who), one in zip(told, threads, strict=True)]),
            "actor_kind": pa.array(["staff" if who else "system" for *_, who in told]),
            "profession": pa.array([self._role(who, one) for (*_, who), one in zip(told, threads, strict=True)]),
        }
        it, nothing = self.told.matters, np.full(len(told), -1)
        return Happening(
            kind, _ORDER.get(kind, 1), np.array([at for _n, at, *_ in told]), resident=it.resident[cases],
            actor=np.full(len(told), SYSTEM), body=lambda which: bodies.take(pa.array(which)), unit=it.unit[cases],
            service=nothing, subject=(self.ids, np.array([number for number, *_ in told])),
            over=lambda which: {name: column.take(pa.array(which)) for name, column in columns_.items()},
        )  # fmt: skip

    def _facts(self, one: Sent) -> tuple[Fact, ...]:
        """What the clock of a thread reads."""
        moment, conditions = self.told.days.moment_of, {"urgent": True} if one.urgency else {}
        told = [Fact(UUID(int=1), "referral.sent", moment(one.at), {"conditions": conditions})]
        for number, entry in enumerate(one.entries, 2):
            kind, body = _event(entry)
            told.append(Fact(UUID(int=number), kind, moment(entry.at), body))
        return tuple(told)

    def _sent(self, number: int, one: Sent) -> dict[str, Any]:
        route, it = route_of(one), self.told.matters
        return {
            "id": str(ids.one(self.ids, number)),
            "key": str(ids.one(self.keys, number)),
            "case_id": self._case(one),
            "resident_id": str(ids.one(self.told.residents.ids, int(it.resident[one.case]))),
            "register": route.register,
            "route": route.key,
            "from_unit_id": UNITS[it.unit[one.case]],
            "to_unit_id": route.to_units[0],
            "urgency": one.urgency,
            "question": one.question,
            "sent_by_id": self._sender(one),
            "sent_at": one.at,
            "ended_at": one.ended,
            "opened_id": self.opened[number],
            "follows_id": None if one.follows is None else str(ids.one(self.ids, one.follows)),
        }

    def _entry(self, place: int, number: int, one: Sent, entry: Entry) -> dict[str, Any]:
        key = str(ids.one(self.entry_ids, place))
        return {
            **{"id": key, "key": key, "referral_id": str(ids.one(self.ids, number)), "step": entry.step},
            **{"reason": entry.reason, "note": entry.note, "minutes": entry.minutes},
            **{"written_by_id": self._writer(one, entry), "written_at": entry.at},
        }

    def _case(self, one: Sent) -> str:
        return str(ids.one(self.told.case_ids, one.case))

    def _sender(self, one: Sent) -> str:
        return str(ids.one(self.rows.staff, int(self.told.assessor[one.case])))

    def _writer(self, one: Sent, entry: Entry) -> str:
        if entry.by != RECEIVER:
            return self._sender(one)
        return _ANSWERS_QUESTIONS if one.seat is None else str(ids.one(self.rows.staff, one.seat))

    def _role(self, who: str, one: Sent) -> str:
        if not who:
            return "system"
        return "nurse" if who == self._sender(one) else route_of(one).to_profession

    def _stream(self, names: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> Stream:
        known = list(rows)
        made = {name: self._column(name, [row[name] for row in known]) for name in names}
        return stream_of(names, [pa.table(made)] if known else [])

    def _column(self, name: str, values: list[Any]) -> pa.Array:
        if name in _MOMENTS:
            return moments(self.told.days, np.array(values, np.int64))
        if name == "minutes":
            return pa.array(values, pa.int64())
        return pa.array(values, pa.string())


def route_of(one: Sent) -> ReferralRoute:
    return referral_routes()[one.way.route]


def _event(entry: Entry) -> tuple[str, dict[str, Any]]:
    if entry.step == "withdrawn":
        return "referral.withdrawn", {}
    return "referral.moved", {"step": entry.step, "reason": entry.reason, "minutes": entry.minutes}
