"""`luotsi clock read`: a story from a file, read into all its clocks. Needs no database."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from luotsi.base.now import in_helsinki, now
from luotsi.base.text import Language
from luotsi.cli._clock_told import assumptions, days_of, notice, steps
from luotsi.domain.clocks.definitions import ClockSettings, clock_rules, clock_settings, clock_stories, clock_words
from luotsi.domain.clocks.rules import (
    Known,
    Told,
    ToldClock,
    ToldWronglyError,
    WholeReading,
    day_from,
    in_words,
    moment_from,
    read_whole,
    told_from,
)
from luotsi.domain.clocks.rules.because import day_in_words


def read(args: argparse.Namespace, *, choices: Mapping[str, str]) -> int:
    """Print the clocks of the story in the file. Raises ValueError with a sentence: what is wrong, and where."""
    if not args.file:
        raise ToldWronglyError("name the file: luotsi clock read events.json")
    known = Known(clock_stories(), clock_rules(), clock_settings())
    told = _as_asked(told_from(_document(args.file), known), args, choices, known)
    at = told.at or now()
    settings, _ = known.settings.changed_by(told.choices)
    found = read_whole(told, known, at=at)
    if args.json:
        print(json.dumps(_told(found, told, at, settings), ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(_in_words(clock, args.lang) for clock in found.clocks) or "-")
        for one in found.without_rule:
            print(f"\nevent {one.event}, {one.line}: {one.why}")
    return 0


def _document(name: str) -> Any:
    try:
        source = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ToldWronglyError(f"{name} cannot be read: {why}") from None
    try:
        return json.loads(source)
    except json.JSONDecodeError as error:
        raise ToldWronglyError(f"{name} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise ToldWronglyError(f"{name} is not JSON that can be read: it is nested too deeply") from None


def _as_asked(told: Told, args: argparse.Namespace, choices: Mapping[str, str], known: Known) -> Told:
    """The story with what the command line says instead."""
    born, at = told.born, told.at
    if args.born:
        born = _said("--born", lambda: day_from(args.born))
    if args.at:
        at = _said("--at", lambda: moment_from(args.at, opens=known.settings.office_opens, is_end=True))
    return replace(told, born=born, at=at, choices={**told.choices, **choices})


def _said(name: str, read_it: Any) -> Any:
    try:
        return read_it()
    except ValueError as error:
        raise ToldWronglyError(f"{name} {error}") from None


def _told(found: WholeReading, told: Told, at: datetime, settings: ClockSettings) -> dict[str, Any]:
    return {
        "at": in_helsinki(at).isoformat(),
        "born": told.born.isoformat() if told.born else None,
        "clocks": [_clock(one, settings) for one in found.clocks],
        "without_rule": [{"event": one.event, "line": one.line, "why": one.why} for one in found.without_rule],
        "attainment": _attainment(found.clocks),
    }


def _clock(one: ToldClock, settings: ClockSettings) -> dict[str, Any]:
    reading, rule, words = one.reading, one.reading.rule, clock_words()
    return {
        "line": one.line,
        "line_name": words.lines[one.line].model_dump(),
        "rule": rule.key,
        "version": rule.version.isoformat(),
        "event": one.event,
        "start": _moment(reading.started),
        "counted_from": one.answer.counted_from.isoformat(),
        "due": reading.due.isoformat() if reading.due else None,
        "state": reading.state,
        "state_name": words.states[reading.state].model_dump(),
        "at_risk": reading.state == "at_risk",
        "promised": _moment(reading.promised),
        "stopped": _moment(reading.stopped),
        "paused_since": _moment(reading.paused_since),
        "ended_for": reading.ended_for,
        "joined_to": _moment(one.joins),
        "days_gross": reading.gross_days,
        "days_net": reading.net_days,
        "days_paused": reading.gross_days - reading.net_days,
        "applies": one.answer.applies,
        "flags": [step.what for step in reading.because if step.what == "age_unknown"],
        "verified": rule.verified,
        "law": rule.law.model_dump(),
        "notice": notice(reading.because, rule),
        "because": steps(reading.because_now, rule),
        "days": [day.as_json() for day in days_of(one.answer, settings)],
        "assumptions": assumptions(reading.because, settings),
    }


def _attainment(clocks: Iterable[ToldClock]) -> dict[str, Any]:
    """Closed in time of what was closed or is overdue; what ended without care is counted apart."""
    states = [one.reading.state for one in clocks]
    met, late, overdue = (states.count(state) for state in ("met", "late", "overdue"))
    counted = met + late + overdue
    return {
        "met": met,
        "late": late,
        "overdue": overdue,
        "running": sum(state in ("running", "due_soon", "at_risk") for state in states),
        "ended": states.count("ended"),
        "percent": round(100 * met / counted, 1) if counted else None,
    }


def _in_words(one: ToldClock, language: Language) -> str:
    reading, words = one.reading, clock_words()
    labels = {key: text.in_language(language) for key, text in words.labels.items()}
    due = day_in_words(reading.due, language) if reading.due else labels["no_last_day"]
    head = f"{words.lines[one.line].in_language(language)}: {words.states[reading.state].in_language(language)}"
    days = f"{labels['days_gross']}: {reading.gross_days}, {labels['days_net']}: {reading.net_days}"
    told = [f"  {in_words(step, reading.rule, words).in_language(language)}" for step in reading.because_now]
    return "\n".join([head, f"{labels['last_day']}: {due}", days, *told])


def _moment(moment: datetime | None) -> str | None:
    return in_helsinki(moment).isoformat() if moment else None
