"""Matters that go stage by stage as rows of every noun, and their clocks as the rules read them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa

from luotsi.base.bulk import Stream
from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.demo import clock_rows, demands, ids, stages_story, story
from luotsi.demo.calendars import PROFESSIONS
from luotsi.demo.days import MINUTE, NEVER, Days
from luotsi.demo.matters import CHANNELS, SERVICES
from luotsi.demo.outcomes import Story
from luotsi.demo.phrases import JUDGED_STAGE
from luotsi.demo.stages import Judged, Matter
from luotsi.demo.streams import moments, stream_of
from luotsi.demo.tables import ASSESSMENT_COLUMNS, CASE_COLUMNS, CONTACT_COLUMNS, LANGUAGES, UNITS, Rows
from luotsi.domain.clocks.actions.reading import ReadClock, columns, read_clocks
from luotsi.domain.clocks.rules import Fact, remembering

JOINED_AFTER = 2 * MINUTE
_MOMENTS = {"received_at", "demand_at", "opened_at", "closed_at", "responsible_since", "assessed_at", "joined_at",
            "told_at", "made_at"}  # fmt: skip
_NOT_CLASSED = 0.08  # of the contacts that were no notification


@dataclass(frozen=True)
class Place:
    """A matter with its identifiers, and the place of its first contact and judgement among all of them."""

    number: int
    matter: Matter
    first_contact: int
    first_judgement: int
    first_telling: int


class StageRows:
    """Streams of rows of these matters. Identifiers are drawn once, so that rows and events name the same."""

    def __init__(self, rng: np.random.Generator, rows: Rows, matters: Sequence[Matter]) -> None:
        self.rows, self.told = rows, rows.told
        self.places = list(_places(matters))
        parts = [sum(len(getattr(one, name)) for one in matters) for name in ("came", "judged", "informed")]
        self.case_ids, self.handover_ids = ids.draw(rng, len(matters)), ids.draw(rng, len(matters))
        self.contact_ids, self.contact_keys = ids.draw(rng, parts[0]), ids.draw(rng, parts[0])
        self.assessment_ids, self.telling_ids = ids.draw(rng, parts[1]), ids.draw(rng, parts[2])
        came = [contact.at for one in matters for contact in one.came]
        self.demand_of = demands.of_season(rng, rows.told.days, np.array(came, np.int64), _NOT_CLASSED)

    def contacts(self) -> Stream:
        return self._stream(CONTACT_COLUMNS, (row for place in self.places for row in self._contacts(place)))

    def cases(self) -> Stream:
        return self._stream(CASE_COLUMNS, (self._case(place) for place in self.places))

    def assessments(self) -> Stream:
        return self._stream(ASSESSMENT_COLUMNS, (row for place in self.places for row in self._judged(place)))

    def joins(self) -> Stream:
        names = ("case_id", "contact_id", "joined_by_id", "joined_at")
        made = (
            (self.case(it), self.contact(it, number), self.worker(it), came.at + JOINED_AFTER)
            for it in self.places
            for number, came in enumerate(it.matter.came)
            if number
        )
        return self._stream(names, (dict(zip(names, row, strict=True)) for row in made))

    def tellings(self) -> Stream:
        names = ("id", "key", "case_id", "party", "way", "told_by_id", "told_at")
        made = (
            (self.telling(it, n), self.telling(it, n), self.case(it), one.party, one.way, self.worker(it), one.at)
            for it in self.places
            for n, one in enumerate(it.matter.informed)
        )
        return self._stream(names, (dict(zip(names, row, strict=True)) for row in made))

    def handovers(self) -> Stream:
        names = ("id", "case_id", "from_staff_id", "to_staff_id", "from_unit_id", "to_unit_id", "note", "made_by_id",
                 "made_at")  # fmt: skip
        made = (
            (str(ids.one(self.handover_ids, it.number)), self.case(it), None, self.worker(it), self.unit(it),
             self.unit(it), "", self.worker(it), it.matter.taken)
            for it in self.places
            if it.matter.taken < NEVER
        )  # fmt: skip
        return self._stream(names, (dict(zip(names, row, strict=True)) for row in made))

    def clocks(self) -> Stream:
        read = [columns(UUID(self.case(it)), clock) for it in self.places for clock in self.clocks_of[it.number]]
        return stream_of(clock_rows.COLUMNS, clock_table(self.told, read))

    @cached_property
    def clocks_of(self) -> dict[int, tuple[ReadClock, ...]]:
        """The clocks of each matter by its number."""
        count, days = remembering(), self.told.days
        born = self.told.residents.born
        return {
            it.number: read_clocks(
                facts(days, it.matter), it.matter.kind.clocks, born=born[it.matter.resident],
                at=days.moment_of(days.now), count=count,
            )
            for it in self.places
        }  # fmt: skip

    def case(self, it: Place) -> str:
        return str(ids.one(self.case_ids, it.number))

    def contact(self, it: Place, number: int) -> str:
        return str(ids.one(self.contact_ids, it.first_contact + number))

    def telling(self, it: Place, number: int) -> str:
        return str(ids.one(self.telling_ids, it.first_telling + number))

    def worker(self, it: Place) -> str:
        return str(ids.one(self.rows.staff, it.matter.seat))

    def unit(self, it: Place) -> str:
        return story.UNITS[it.matter.unit].unit

    def demand(self, it: Place, number: int) -> tuple[str, int]:
        """The reason of a contact and when it was classed; ("", NEVER) where it was not."""
        came, key = it.matter.came[number], self.demand_of[it.first_contact + number]
        at = came.at + 5 * MINUTE
        is_classed = key and it.matter.kind.register != "child_welfare" and at < self.told.days.now
        return (key, at) if is_classed else ("", int(NEVER))

    def _contacts(self, it: Place) -> Iterable[dict[str, Any]]:
        for number, came in enumerate(it.matter.came):
            demand, classed = self.demand(it, number)
            yield self._about(it) | {
                "id": self.contact(it, number),
                "key": str(ids.one(self.contact_keys, it.first_contact + number)),
                "channel": CHANNELS[came.channel],
                "language": LANGUAGES[self.told.residents.language[it.matter.resident]],
                "response_id": None,
                "received_at": came.at,
                "sender": came.sender,
                "sender_name": stages_story.SENDER_NAMES.get(came.sender, ""),
                "told": came.told,
                "written_by_id": self.worker(it),
                "call_number": "",
                "demand": demand,
                "demand_by_id": self.worker(it) if demand else None,
                "demand_at": classed,
            }

    def _case(self, it: Place) -> dict[str, Any]:
        matter = it.matter
        return self._about(it) | {
            "id": self.case(it),
            "kind": matter.kind.key,
            "kind_version": matter.kind.version,
            "contact_id": self.contact(it, 0),
            "opened_at": matter.came[0].at,
            "closed_at": matter.closed,
            "close_reason": matter.reason,
            "responsible_id": self.worker(it) if matter.taken < NEVER else None,
            "responsible_since": matter.taken,
            "conditions": json.dumps(matter.conditions),
        }

    def _judged(self, it: Place) -> Iterable[dict[str, Any]]:
        own = it.matter.kind.own_reasons
        for number, judged in enumerate(it.matter.judged):
            key = str(ids.one(self.assessment_ids, it.first_judgement + number))
            yield {
                "id": key,
                "case_id": self.case(it),
                "key": key,
                "stage": judged.stage,
                "reason": own[it.number % len(own)].key
                if own and "reason" in it.matter.kind.stage(judged.stage).sheet
                else "",
                "outcome": judged.outcome,
                "note": JUDGED_STAGE.get(judged.stage, ""),
                "profession": PROFESSIONS[self.rows.seat_profession[it.matter.seat]],
                "assessed_by_id": self.worker(it),
                "assessed_at": judged.at,
            }

    def _about(self, it: Place) -> dict[str, Any]:
        return {
            "resident_id": str(ids.one(self.told.residents.ids, it.matter.resident)),
            "register": it.matter.kind.register,
            "service": SERVICES[it.matter.service],
            "unit_id": UNITS[it.matter.unit],
        }

    def _stream(self, names: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> Stream:
        known = list(rows)
        columns_ = {name: self._column(name, [row[name] for row in known]) for name in names}
        return stream_of(names, [pa.table(columns_)] if known else [])

    def _column(self, name: str, values: list[Any]) -> pa.Array:
        if name in _MOMENTS:
            return moments(self.told.days, np.array(values, np.int64))
        return pa.array(values)


def facts(days: Days, matter: Matter) -> tuple[Fact, ...]:
    """What the clocks of a matter read, in the order in which it happened."""
    told: list[tuple[int, str, dict[str, Any]]] = [
        (matter.came[0].at, "case.opened", {"conditions": matter.conditions})
    ]
    told += [(came.at, "contact.joined", {}) for came in matter.came[1:]]
    told += [(one.at, *judgement(matter, one)) for one in matter.judged]
    if matter.closed < NEVER:
        told.append((matter.closed, "case.closed", {"reason": matter.reason}))
    ordered = sorted(told, key=lambda one: one[0])
    return tuple(
        Fact(UUID(int=number), kind, days.moment_of(at), body) for number, (at, kind, body) in enumerate(ordered, 1)
    )


def judgement(matter: Matter, one: Judged) -> tuple[str, dict[str, Any]]:
    """The event of a judgement and its body."""
    decision = matter.kind.outcome(one.outcome)
    body = {"outcome": decision.counts_as, "line": matter.kind.care_line, "decision": one.outcome}
    return matter.kind.stage(one.stage).event, body


def _places(matters: Sequence[Matter]) -> Iterable[Place]:
    contact = judgement_ = telling = 0
    for number, matter in enumerate(matters):
        yield Place(number, matter, contact, judgement_, telling)
        contact, judgement_, telling = (
            contact + len(matter.came), judgement_ + len(matter.judged), telling + len(matter.informed)
        )  # fmt: skip


def clock_table(told: Story, read: list[dict[str, Any]]) -> list[pa.Table]:
    """Rows of read clocks as one table with identifiers of their own; none of none."""
    table = pa.table({name: _clock_column(name, [row.get(name) for row in read]) for name in clock_rows.COLUMNS[1:]})
    return [table.append_column("id", ids.as_text(ids.draw(told.rng, len(read))))] if read else []


def of_clock(days: Days, clock: ReadClock) -> Iterator[tuple[str, int, dict[str, Any], bool]]:
    """The events of a clock: kind, moment, body, and whether it is the system that tells."""
    reading = clock.reading
    about = {"line": clock.line, "rule": reading.rule.key}
    due = reading.due.isoformat() if reading.due else None
    yield "clock.started", days.seconds_of(clock.started_at), {**about, "due": due}, False
    started = {"started": clock.started_at.isoformat()}
    if reading.due and reading.state in {"overdue", "late"}:
        missed = days.seconds_of(start_of(reading.due + timedelta(days=1)))
        yield "clock.missed", missed, {**about, "due": due, **started}, True
    if reading.stopped:
        body = {**about, "outcome": reading.state, **started, "on": local_day(reading.stopped).isoformat()}
        yield "clock.stopped", days.seconds_of(reading.stopped), body, False


def _clock_column(name: str, values: list[Any]) -> pa.Array:
    if name == "because":
        return pa.array([json.dumps(value) for value in values])
    if name in {"started_at", "stopped_at", "wake_at"}:
        return pa.array(values, pa.timestamp("us", tz="UTC"))
    if name in {"due_on", "promised_on"}:
        return pa.array(values, pa.date32())
    return pa.array([str(value) for value in values])
