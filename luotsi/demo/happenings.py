"""Which events the story has, each with its actor, its dimensions and its body as the nouns' actions write them."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from luotsi.demo import around, ids
from luotsi.demo.chronicle import RESIDENT, SYSTEM, Body, Happening
from luotsi.demo.days import HOUR, Ints
from luotsi.demo.limits import OUTCOMES as STOPPED_AS
from luotsi.demo.limits import Limits
from luotsi.demo.matters import ADVICE, CARRIED, FORM, NEVER, URGENT
from luotsi.demo.matters import OUTCOMES as DECISIONS
from luotsi.demo.outcomes import REASONS
from luotsi.demo.streams import iso, join, same, words
from luotsi.demo.tables import KINDS, MODES, QUESTIONNAIRE, Rows
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.questionnaires.definitions import questionnaires


def all_of(rows: Rows, contact: Limits, care: Limits) -> list[Happening]:
    """Everything that happened in cases of one judgement, kind by kind."""
    return [
        _registered(rows),
        *_received(rows),
        *_assessed_and_closed(rows),
        *_booked(rows),
        *_booked_again(rows),
        _held(rows),
        *_followed_up(rows),
        *_limits(rows, contact, started=4, stopped=6),
        *_limits(rows, care, started=7, stopped=14),
        *around.happened(rows),
    ]


def _registered(rows: Rows) -> Happening:
    everybody = np.arange(rows.told.residents.count)
    none = np.full(len(everybody), -1)
    at = np.full(len(everybody), 8 * HOUR)
    body = _always('{"source": "demo", "is_temporary": false}')
    return Happening("resident.registered", 0, at, everybody, np.full(len(everybody), SYSTEM), body, none, none)


def _received(rows: Rows) -> list[Happening]:
    it, told = rows.told.matters, rows.told
    taker = np.where(it.channel == FORM, RESIDENT, told.assessor)
    about = dict(resident=it.resident, actor=taker, unit=it.unit, service=it.service, channel=it.channel)
    as_contact = about | dict(subject=(told.contact_ids, np.arange(it.count)), keeps_profession=False)
    answered = np.where(it.channel == FORM, it.received, NEVER)
    arrived = np.where(it.channel == CARRIED, NEVER, it.received)
    version = questionnaires()[QUESTIONNAIRE].version
    said = {"questionnaire": QUESTIONNAIRE, "version": version, "danger": False}
    filled = json.dumps(said | {"score": None, "response": None, "replaces": None})
    contact = ids.with_dashes(told.contact_ids)
    versions = np.array([case_kinds()[kind].version if kind else 0 for kind in KINDS])[it.unit]

    def opened(which: Ints) -> pa.StringArray:
        version_text = pa.array(versions[which]).cast(pa.string())
        quoted = join('"', contact.take(pa.array(which)), '"')
        known = pc.if_else(pa.array(it.channel[which] == CARRIED), "null", quoted)
        return join('{"contact": ', known, ', "kind_version": ', version_text, ', "conditions": {}}')

    return [
        Happening("questionnaire.completed", 1, answered, body=_always(filled), **as_contact),
        Happening("contact.received", 2, arrived, body=_always('{"danger": false}'), **as_contact),
        Happening("case.opened", 3, it.received, body=opened, subject=(told.case_ids, np.arange(it.count)), **about),
    ]  # fmt: skip


def _assessed_and_closed(rows: Rows) -> list[Happening]:
    it, told = rows.told.matters, rows.told
    of_case = (told.case_ids, np.arange(it.count))
    about = dict(resident=it.resident, unit=it.unit, service=it.service, channel=it.channel, subject=of_case)
    lines = [case_kinds()[kind].care_line if kind else "" for kind in KINDS]

    def judged(which: Ints) -> pa.StringArray:
        outcome, line = words(DECISIONS, it.outcome[which]), words(lines, it.unit[which])
        return join('{"outcome": "', outcome, '", "line": "', line, '", "decision": "', outcome, '"}')

    def closed(which: Ints) -> pa.StringArray:
        return join('{"reason": "', words(REASONS, told.reason[which]), '"}')

    closer = np.where((it.outcome == ADVICE) | (told.times.ended < NEVER), told.assessor, told.visit_seat)
    urgency = (it.outcome == URGENT).astype(np.int64)
    return [
        Happening("need.assessed", 5, it.assessed, actor=told.assessor, body=judged, urgency=urgency, **about),
        Happening("case.closed", 13, told.closed, actor=closer, body=closed, **about),
    ]


def _booked(rows: Rows) -> list[Happening]:
    """Offers of times because of a case, and what became of them."""
    it, told, cases = rows.told.bookings, rows.told, rows.told.matters
    case = np.maximum(it.case, 0)
    offerer, resident = told.assessor[case], np.full(len(case), RESIDENT)
    canceller = np.where(it.by_resident, RESIDENT, offerer)
    ways = [
        ("booking.offered", 8, it.offered, offerer, _booking_body(rows, mode=True)),
        ("booking.made", 9, it.accepted, resident, _booking_body(rows, mode=True)),
        ("booking.declined", 10, it.declined, resident, _booking_body(rows)),
        ("booking.cancelled", 11, it.cancelled, canceller, _booking_body(rows, by=True)),
    ]
    about = dict(
        resident=it.resident, unit=cases.unit[case], service=cases.service[case], channel=cases.channel[case],
        subject=(told.case_ids, case),
    )  # fmt: skip
    return [
        Happening(kind, order, np.where(it.case >= 0, at, NEVER), actor=actor, body=body, **about)
        for kind, order, at, actor, body in ways
    ]


def _booked_again(rows: Rows) -> list[Happening]:
    """A follow-up's time is booked by the professional, without an offer."""
    it, told = rows.told.bookings, rows.told
    visit = np.maximum(it.follow_up, 0)
    about = dict(resident=it.resident, unit=told.follow_ups.unit[visit], service=told.follow_ups.service[visit])
    return [
        Happening(
            "booking.made", 9, np.where((it.follow_up >= 0) & chosen[visit], it.accepted, NEVER), actor=it.seat,
            body=_booking_body(rows, mode=True),
            subject=(told.unrecorded_ids, visit) if is_first else (it.booking_ids, np.arange(len(visit))),
            has_kind=np.full(len(visit), is_first), **about,
        )
        for is_first, chosen in _firsts_and_others(rows)
    ]  # fmt: skip


def _booking_body(rows: Rows, *, mode: bool = False, by: bool = False) -> Body:
    it, days = rows.told.bookings, rows.told.days
    booking = ids.with_dashes(it.booking_ids)

    def write(which: Ints) -> pa.StringArray:
        parts = ['{"booking": "', booking.take(pa.array(which)), '", "starts_at": "', iso(days, it.starts[which]), '"']
        if mode:
            parts += [', "mode": "', words(MODES, it.is_remote[which].astype(np.int64)), '"']
        if by:
            parts += [', "by": "', words(("provider", "resident"), it.by_resident[which].astype(np.int64)), '"']
        return join(*parts, "}")

    return write


def _held(rows: Rows) -> Happening:
    it, told = rows.told.matters, rows.told

    def body(which: Ints) -> pa.StringArray:
        place = told.visit_booking[which]
        remote = told.bookings.is_remote[np.maximum(place, 0)] & (place >= 0)
        return _visit_body(told.bookings.booking_ids, place, remote)

    return Happening(
        "visit.held", 12, told.held, it.resident, told.visit_seat, body, it.unit, it.service,
        subject=(told.case_ids, np.arange(it.count)), channel=it.channel,
    )  # fmt: skip


def _followed_up(rows: Rows) -> list[Happening]:
    """Visits without a case. Those that were a first visit carry a case kind and a subject of their own; one that was
    booked stands for its booking.
    """
    it, told = rows.told.follow_ups, rows.told
    place = np.full(len(it.unit), -1)
    later = np.flatnonzero(told.bookings.follow_up >= 0)
    place[told.bookings.follow_up[later]] = later
    held = np.where(place >= 0, told.bookings.held[np.maximum(place, 0)], it.held)

    def body(which: Ints) -> pa.StringArray:
        remote = told.bookings.is_remote[np.maximum(place[which], 0)] & (place[which] >= 0)
        return _visit_body(told.bookings.booking_ids, place[which], remote)

    is_first, is_booked = it.is_unrecorded, place >= 0
    kinds: list[tuple[NDArray[np.bool_], tuple[ids.Ids, Ints] | None]] = [
        (is_first, (told.unrecorded_ids, np.arange(len(it.unit)))),
        (~is_first & is_booked, (told.bookings.booking_ids, np.maximum(place, 0))),
        (~is_first & ~is_booked, None),
    ]
    return [
        Happening(
            "visit.held", 12, np.where(chosen, held, NEVER), it.resident, told.follow_up_seat, body, it.unit,
            it.service, has_kind=np.full(len(it.unit), chosen is is_first), subject=subject,
        )
        for chosen, subject in kinds
    ]  # fmt: skip


def _firsts_and_others(rows: Rows) -> list[tuple[bool, NDArray[np.bool_]]]:
    """The follow-ups that are first visits without an assessment, and the others, which belong to no case."""
    is_first = rows.told.follow_ups.is_unrecorded
    return [(True, is_first), (False, ~is_first)]


def _limits(rows: Rows, limits: Limits, *, started: int, stopped: int) -> list[Happening]:
    """What followed for the clocks, told by whoever acted."""
    it, told, case = rows.told.matters, rows.told, limits.case
    is_contact = limits.line == ("contact",)
    taker = np.where(it.channel == FORM, RESIDENT, told.assessor)[case]
    starter = taker if is_contact else told.assessor[case]
    closer = np.where(told.times.ended[case] < NEVER, told.assessor[case], told.visit_seat[case])
    stopper = told.assessor[case] if is_contact else np.where(limits.told_by_resident, RESIDENT, closer)
    about = dict(
        resident=it.resident[case], unit=it.unit[case], service=it.service[case], channel=it.channel[case],
        subject=(told.case_ids, case),
    )  # fmt: skip

    def begun(which: Ints) -> pa.StringArray:
        due = pa.array(limits.due_day[which].astype("datetime64[D]")).cast(pa.string())
        return join(*_line_and_rule(limits, which), '", "due": "', due, '"}')

    def ended(which: Ints) -> pa.StringArray:
        outcome = words(STOPPED_AS, limits.outcome[which])
        on = pa.array(told.days.local_dates(limits.stopped[which])).cast(pa.string())
        parts = ('", "outcome": "', outcome, '", "started": "', iso(told.days, limits.started[which]), '", "on": "', on)
        return join(*_line_and_rule(limits, which), *parts, '"}')

    def missed(which: Ints) -> pa.StringArray:
        due = pa.array(limits.due_day[which].astype("datetime64[D]")).cast(pa.string())
        parts = ('", "due": "', due, '", "started": "', iso(told.days, limits.started[which]))
        return join(*_line_and_rule(limits, which), *parts, '"}')

    return [
        Happening("clock.started", started, limits.started, actor=starter, body=begun, **about),
        Happening("clock.stopped", stopped, limits.told, actor=stopper, body=ended, **about),
        Happening(
            "clock.missed", started, limits.missed_at(told.days), actor=np.full(len(case), SYSTEM), body=missed,
            told_as=starter, **about,
        ),
    ]  # fmt: skip


def _line_and_rule(limits: Limits, which: Ints) -> tuple[object, ...]:
    line, rule = words(limits.line, limits.line_of[which]), limits.rules.take(pa.array(limits.kind_of[which]))
    return '{"line": "', line, '", "rule": "', rule


def _visit_body(booking_ids: ids.Ids, place: Ints, remote: Ints) -> pa.StringArray:
    quoted = join('"', ids.with_dashes(booking_ids[np.maximum(place, 0)]), '"') if len(booking_ids) else "null"
    booking = pc.if_else(pa.array(place >= 0), quoted, "null")
    return join('{"booking": ', booking, ', "mode": "', words(MODES, remote.astype(np.int64)), '"}')


def _always(text: str) -> Body:
    return lambda which: same(text, len(which))
