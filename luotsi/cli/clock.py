"""`luotsi clock`: the last lawful day of a statutory limit, and why. Needs no database.

luotsi clock CWA-START-7WD --start 2026-03-31T09:10
luotsi clock --line primary_care --start 2026-06-12 --born 2003-06-13 --json
luotsi clock list --on 2024-11-15
luotsi clock read events.json --at 2026-06-01 --json
"""

import argparse
import difflib
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from luotsi.base.now import local_day
from luotsi.base.text import LANGUAGES
from luotsi.cli import _clock_story, _clock_told
from luotsi.domain.clocks.definitions import (
    LINES,
    ClockRule,
    ClockSettings,
    Condition,
    Line,
    clock_rule,
    clock_rules,
    clock_settings,
)
from luotsi.domain.clocks.rules import Because, Due, choose_rule, day_from, due, moment_from

NAME = "clock"
HELP = "the last lawful day of a statutory limit, and why; `list` shows the rules, `read` reads a whole story"
needs_database = False


class AskedWronglyError(ValueError):
    """What was asked cannot be answered; the sentence says what to mend."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", nargs="?", help="id of a rule, such as PHC-14D-U23; or list; or read")
    parser.add_argument("file", nargs="?", help="with read: the story as a JSON file, - for standard input")
    parser.add_argument("--line", help="instead of a rule: the line of care, whose rule in force is chosen")
    parser.add_argument("--start", help="when the limit began: 2026-03-31T09:10, or a day (then within office hours)")
    parser.add_argument("--born", help="birth date of the person: 2003-06-13")
    choice = "a choice of the county (eves_count=true) or a fact of the matter (urgent=true)"
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=choice)
    parser.add_argument("--on", help="with list: only the rules in force on that day")
    parser.add_argument("--at", help="with read: the moment to read it for; without it, what the story says, or now")
    parser.add_argument("--lang", choices=LANGUAGES, default="fi", help="language of the explanation (default fi)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of an explanation")


def run(args: argparse.Namespace) -> int:
    try:
        if args.rule == "list":
            return _list(args)
        if args.rule == "read":
            return _clock_story.read(args, choices=_choices(args.set))
        return _answer(args)
    except (LookupError, ValueError) as error:
        print(f"luotsi clock: {error}", file=sys.stderr)
        return 2


def _answer(args: argparse.Namespace) -> int:
    if bool(args.rule) == bool(args.line) or args.file:
        raise AskedWronglyError("name either a rule or --line; `luotsi clock list` shows both")
    asked = clock_rule(args.rule) if args.rule else _line(args.line)
    settings, conditions = clock_settings().changed_by(_choices(args.set))
    start = _start(args.start, settings)
    born = _day("--born", args.born) if args.born else None
    if born and born > local_day(start):
        raise AskedWronglyError(f"born {born} is after the start {args.start}; check --born")
    answer, because = _ask(asked, start, born, settings, conditions)
    if args.json:
        document = _clock_told.document(args.start, answer, because, settings)
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        print(_clock_told.explanation(answer, because, settings, args.lang))
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


def _list(args: argparse.Namespace) -> int:
    on = _day("--on", args.on) if args.on else None
    rules = [rule for rule in clock_rules().values() if on is None or rule.in_force_on(on)]
    rows = [_clock_told.row(rule, args.lang) for rule in rules]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        span = f"{row['valid_from']}–{row['valid_to'] or ''}"
        print(f"{row['rule']:24}{row['limit']:24}{span:24}{row['line']:28}{row['name']}")
    return 0


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
    try:
        return moment_from(text, opens=settings.office_opens, is_gap_good=True)
    except ValueError as error:
        raise AskedWronglyError(f"--start {error}") from None


def _day(name: str, text: str) -> date:
    try:
        return day_from(text)
    except ValueError as error:
        raise AskedWronglyError(f"{name} {error}") from None
