"""`luotsi clock`: the last lawful day of a statutory limit, and why. Needs no database.

luotsi clock CWA-START-7WD --start 2026-03-31T09:10
luotsi clock --line primary_care --start 2026-06-12 --born 2003-06-13 --json
luotsi clock list --on 2024-11-15
"""

import argparse
import difflib
import json
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from luotsi.base.dates import start_of
from luotsi.base.now import in_helsinki, local_day
from luotsi.base.text import LANGUAGES, Language
from luotsi.domain.clocks.definitions import (
    LINES,
    ClockRule,
    ClockSettings,
    Condition,
    Line,
    clock_rule,
    clock_rules,
    clock_settings,
    clock_words,
)
from luotsi.domain.clocks.rules import Because, Due, choose_rule, due, in_words
from luotsi.domain.clocks.rules.because import day_in_words, length_in_words

NAME = "clock"
HELP = "the last lawful day of a statutory limit, and why; `list` shows the rules"
needs_database = False

YEARS = range(1900, 2201)


class AskedWronglyError(ValueError):
    """What was asked cannot be answered; the sentence says what to mend."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", nargs="?", help="id of a rule, such as PHC-14D-U23, or list")
    parser.add_argument("--line", help="instead of a rule: the line of care, whose rule in force is chosen")
    parser.add_argument("--start", help="when the limit began: 2026-03-31T09:10, or a day (then within office hours)")
    parser.add_argument("--born", help="birth date of the person: 2003-06-13")
    choice = "a choice of the county (eves_count=true) or a fact of the matter (urgent=true)"
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=choice)
    parser.add_argument("--on", help="with list: only the rules in force on that day")
    parser.add_argument("--lang", choices=LANGUAGES, default="fi", help="language of the explanation (default fi)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of an explanation")


def run(args: argparse.Namespace) -> int:
    try:
        if args.rule == "list":
            return _list(args)
        return _answer(args)
    except (LookupError, ValueError) as error:
        print(f"luotsi clock: {error}", file=sys.stderr)
        return 2


def _answer(args: argparse.Namespace) -> int:
    if bool(args.rule) == bool(args.line):
        raise AskedWronglyError("name either a rule or --line; `luotsi clock list` shows both")
    asked = clock_rule(args.rule) if args.rule else _line(args.line)
    settings, conditions = clock_settings().changed_by(_choices(args.set))
    start = _start(args.start, settings)
    born = _day("--born", args.born) if args.born else None
    if born and born > local_day(start):
        raise AskedWronglyError(f"born {born} is after the start {args.start}; check --born")
    answer, because = _ask(asked, start, born, settings, conditions)
    if args.json:
        print(json.dumps(_document(args.start, answer, because), ensure_ascii=False, indent=2))
    else:
        print(_explanation(answer, because, args.lang))
    return 0


def _ask(
    asked: ClockRule | Line,
    start: datetime,
    born: date | None,
    settings: ClockSettings,
    conditions: Mapping[Condition, bool],
) -> tuple[Due, tuple[Because, ...]]:
    """The answer of a named rule, or of the one in force on a line; the latter says first why that one."""
    if isinstance(asked, ClockRule):
        answer = due(asked, start, born=born, settings=settings, conditions=conditions)
        return answer, answer.because
    rules = clock_rules().values()
    choice = choose_rule(asked, start, born, rules=rules, settings=settings, conditions=conditions)
    return choice.answer, choice.because


def _line(name: str) -> Line:
    line = next((known for known in LINES if known == name), None)
    if line is None:
        near = difflib.get_close_matches(name, LINES, n=3, cutoff=0.5)
        mend = f"did you mean {' or '.join(near)}?" if near else f"choose from {', '.join(LINES)}"
        raise AskedWronglyError(f"there is no line {name!r}; {mend}")
    return line


def _document(start: str, answer: Due, because: Sequence[Because]) -> dict[str, Any]:
    """The fixed form that people script: rule, version, start, due, because."""
    rule, words = answer.rule, clock_words()
    return {
        "rule": rule.key,
        "version": rule.version.isoformat(),
        "start": start,
        "due": answer.due.isoformat() if answer.due else None,
        "because": [step.as_json() | in_words(step, rule, words).model_dump() for step in because],
        "applies": answer.applies,
        "line": rule.line,
        "law": rule.law.model_dump(),
        "verified": rule.verified,
    }


def _explanation(answer: Due, because: Sequence[Because], language: Language) -> str:
    rule, words = answer.rule, clock_words()
    told = [in_words(step, rule, words).in_language(language) for step in because]
    labels = {key: text.in_language(language) for key, text in words.labels.items()}
    last = f"{labels['last_day']}: {day_in_words(answer.due, language)}" if answer.due else labels["no_last_day"]
    warning = [] if answer.applies else [labels["does_not_apply"].upper()]
    return "\n".join([rule.name.in_language(language), last, *warning, "", *(f"  {sentence}" for sentence in told)])


def _list(args: argparse.Namespace) -> int:
    on = _day("--on", args.on) if args.on else None
    rules = [rule for rule in clock_rules().values() if on is None or rule.in_force_on(on)]
    if args.json:
        print(json.dumps([_row(rule, args.lang) for rule in rules], ensure_ascii=False, indent=2))
        return 0
    for row in (_row(rule, args.lang) for rule in rules):
        span = f"{row['valid_from']}–{row['valid_to'] or ''}"
        print(f"{row['rule']:24}{row['limit']:24}{span:24}{row['line']:28}{row['name']}")
    return 0


def _row(rule: ClockRule, language: Language) -> dict[str, Any]:
    return {
        "rule": rule.key,
        "name": rule.name.in_language(language),
        "line": rule.line,
        "limit": length_in_words(rule.length, clock_words(), language),
        "valid_from": rule.valid_from.isoformat(),
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        "never_in_force": rule.never_in_force,
        "age_from": rule.age_from,
        "age_below": rule.age_below,
        "law": f"{rule.law.act} {rule.law.section}".strip(),
        "verified": rule.verified,
    }


def _choices(given: Sequence[str]) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in given]
    for name, equals, value in pairs:
        if not (name and equals and value):
            raise AskedWronglyError(f"--set takes NAME=VALUE, such as eves_count=true, not {name + equals + value!r}")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _start(text: str | None, settings: ClockSettings) -> datetime:
    """The moment, Finnish local time unless a zone is told. A day alone is the moment when the office opens."""
    if not text:
        raise AskedWronglyError("--start is missing: when the limit began, such as 2026-03-31T09:10")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return start_of(_day("--start", text), settings.office_opens)
    try:
        moment = in_helsinki(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise AskedWronglyError(f"--start {text!r} is not a time; write it as 2026-03-31T09:10 or 2026-03-31") from None
    _check_year("--start", moment.date())
    return moment


def _day(name: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise AskedWronglyError(f"{name} {text!r} is not a day; write it as 2026-03-31") from None
    _check_year(name, day)
    return day


def _check_year(name: str, day: date) -> None:
    if day.year not in YEARS:
        raise AskedWronglyError(f"{name} {day} is out of reach; years {YEARS[0]} to {YEARS[-1]} can be counted")
