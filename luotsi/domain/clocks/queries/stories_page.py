"""The reference page of `luotsi clock read`, written from the same file that it reads stories by."""

from collections.abc import Iterable

from luotsi.base.text import Language
from luotsi.domain.clocks.definitions import CONDITIONS, LINES, Line, clock_rules, clock_stories, clock_words
from luotsi.domain.clocks.definitions.stories import OUTCOMES, WHO, Meaning, StoryField
from luotsi.domain.clocks.definitions.use import When

_HEAD = """# Stories that `luotsi clock read` understands

`luotsi clock read events.json --json` reads everything that happened in a matter and answers each of its clocks:
state, last day, why, and the days gross and net. It needs no database. The order of the events does not matter. Whole
examples: [care](examples/clock-care.json), [child welfare](examples/clock-child-welfare.json).

## The document

| field | what |
|--|--|
| `events` | the events, at least one. A document may also be this list alone |
| `born` | birth date. Without it the stricter rule is followed and `flags` says `age_unknown` |
| `at` | the moment for which it is read; `--at` goes before it; without either, now. A day is its end |
| `set` | choices of the county and facts of the matter: `{"eves_count": true, "special_support_child": true}` |
| `note` | free words, not read |

Every event has `kind` and `at`. A moment is `2026-03-31T09:10`, Finnish local time unless it has a zone; a day alone
is the hour when the office opens. An hour that did not exist because clocks were put forward is refused; of the hour
that comes twice the first is taken. An event may also have `id`, `corrects` (the id of an event that it stands
instead of) and `conditions` (what is true of the matter at a start: {conditions}). Its fields may stand in `body`,
`occurred_at` is read as `at`, and other fields are let be, so that an exported event can be read as it is; a misspelt
field is refused.

What cannot be read ends with code 2 and a sentence that names the event, the field and the mend: an unknown kind or
word, an assessment before its contact, a time in the future, a pause that the rule does not admit (limits in working
days admit none), a time let go that nobody offered, JSON that is none.

## The answer

| field of a clock | what |
|--|--|
| `rule`, `version`, `line`, `law`, `verified` | the rule |
| `notice` | that the rule does not hold here or names no day; else null |
| `event`, `start`, `counted_from` | the event that started it, its true time, the day counted from |
| `due`, `state`, `because`, `days` | the last lawful day, the state, the steps, and the days counted and skipped |
| `promised`, `at_risk` | the time that stands; at risk at once when it is after the last day |
| `stopped`, `ended_for`, `paused_since`, `joined_to` | when it was met or ended, why, and the notification it joins |
| `days_gross`, `days_net`, `days_paused` | calendar days from the start, without the pauses, in pauses |
| `flags`, `assumptions` | `age_unknown`; how the county read the law, used here or not |

States: {states}. A start that no rule covers stands in `without_rule` with the reason. `attainment` is met of met,
late and overdue; what ended without care is counted apart.
"""


def stories_page(lang: Language) -> str:
    """Kinds, fields and what each means to which clock, as Markdown."""
    states = ", ".join(f"`{state}`" for state in clock_words().states)
    conditions = ", ".join(f"`{name}`" for name in CONDITIONS)
    head = _HEAD.replace("{states}", states).replace("{conditions}", conditions)
    return "\n".join([head, *_kinds(lang), "", *_clocks(lang), "", *_words()]) + "\n"


def _kinds(lang: Language) -> Iterable[str]:
    yield from ("## Kinds of events", "", "| kind | what happened | fields |", "|--|--|--|")
    for kind, about in clock_stories().kinds.items():
        fields = "<br>".join(_field(name, one, lang) for name, one in about.fields.items())
        yield f"| `{kind}` | {about.says.in_language(lang)} | {fields} |"


def _field(name: str, about: StoryField, lang: Language) -> str:
    how = "needed" if about.needed else f"usually `{about.usually}`" if about.usually else ""
    return f"`{name}`{f' ({how})' if how else ''}: {about.says.in_language(lang)}"


def _clocks(lang: Language) -> Iterable[str]:
    yield from ("## What starts and stops which clock", "", "| line | name | starts | stops |", "|--|--|--|--|")
    for line in LINES:
        start = clock_stories().starts[line]
        starts = _event(start.kind, start.when) + (", each of its own" if start.each else "")
        yield f"| `{line}` | {clock_words().lines[line].in_language(lang)} | {starts} | {_stops(line)} |"


def _stops(line: Line) -> str:
    stops = sorted({rule.stops for rule in clock_rules().values() if rule.line == line})
    meanings: dict[str, Meaning] = {repr(one): one for stop in stops for one in clock_stories().stops[stop]}
    return " or ".join(_event(one.kind, one.when) for one in meanings.values())


def _event(kind: str, when: When) -> str:
    asked = ", ".join(f"{name}={_value(value)}" for name, value in when.items())
    return f"`{kind}`" + (f" with `{asked}`" if asked else "")


def _value(value: bool | str | tuple[str, ...]) -> str:
    return "/".join(value) if isinstance(value, tuple) else str(value).lower()


def _words() -> Iterable[str]:
    yield "Every line is also started by `clock.started` and stopped by `clock.stopped` with its `rule` or `line`."
    yield f"Outcomes: {', '.join(f'`{one}`' for one in OUTCOMES)}. Who: {', '.join(f'`{one}`' for one in WHO)}."
