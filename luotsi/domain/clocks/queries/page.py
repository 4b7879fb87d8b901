"""The reference page of the rules, written from the same files that the program counts by."""

from collections.abc import Iterable
from datetime import date, datetime

from luotsi.base.text import Language, Text
from luotsi.domain.clocks.definitions import (
    ClockRule,
    ClockWords,
    Example,
    Line,
    clock_rules,
    clock_words,
    counting,
)
from luotsi.domain.clocks.rules.assumed import assumed
from luotsi.domain.clocks.rules.because import law_in_words, length_in_words


def clocks_page(lang: Language) -> str:
    """All rules by line, with their law, trust and worked examples, as Markdown."""
    words = clock_words()
    return "\n".join([*_head(words, lang), *_assumptions(words, lang), *_lines(words, lang)]) + "\n"


def _head(words: ClockWords, lang: Language) -> list[str]:
    return [f"# {_label(words, 'title', lang)}", "", _label(words, "intro", lang), ""]


def _assumptions(words: ClockWords, lang: Language) -> list[str]:
    rows = [
        f"| {one.code} | {one.says.in_language(lang)} | {'<br>'.join(f'`{choice}`' for choice in one.choices)} "
        f"| {one.ground} |"
        for one in assumed(counting(), ())
    ]
    title, *heads = (_label(words, key, lang) for key in ("assumptions", "setting", "source"))
    return [f"## {title}", "", f"| | {title} | {' | '.join(heads)} |", "|--|--|--|--|", *rows, ""]


def _lines(words: ClockWords, lang: Language) -> list[str]:
    return [
        row
        for line, name in words.lines.items()
        for row in (f"## {name.in_language(lang)}", "", *_rules_of(line, words, lang))
    ]


def _rules_of(line: Line, words: ClockWords, lang: Language) -> list[str]:
    rules = sorted((rule for rule in clock_rules().values() if rule.line == line), key=lambda rule: rule.valid_from)
    return [row for rule in rules for row in _rule(rule, words, lang)]


def _rule(rule: ClockRule, words: ClockWords, lang: Language) -> list[str]:
    source = rule.law.source.in_language(lang)
    about = {
        "trigger": words.triggers[rule.trigger].in_language(lang),
        "limit": length_in_words(rule.length, words, lang),
        "until": words.stops[rule.stops].in_language(lang),
        "valid": _label(words, "never", lang)
        if rule.never_in_force
        else f"{_day(rule.valid_from)}–{_day(rule.valid_to)}",
        "who": _who(rule, words, lang),
        "law": law_in_words(rule, words, lang) + (f" ({rule.law.amended_by})" if rule.law.amended_by else ""),
        "source": f"[{source}]({rule.law.url})" if rule.law.url else source,
    }
    if rule.not_for:
        about["not_for"] = "; ".join(words.conditions[name].in_language(lang) for name in rule.not_for)
    trust = "compared_on" if rule.verified else "not_verified"
    return [
        f"### {rule.key}: {rule.name.in_language(lang)}",
        "",
        *(f"- **{_label(words, key, lang)}**: {said}" for key, said in about.items()),
        f"- **{_label(words, trust, lang)}**" + (f": {_day(rule.compared_on)}" if rule.verified else ""),
        "",
        rule.note.in_language(lang),
        "",
        *_examples(rule.examples, words, lang),
        "",
    ]


def _examples(examples: Iterable[Example], words: ClockWords, lang: Language) -> list[str]:
    head = " | ".join(_label(words, key, lang) for key in ("start", "born", "setting", "due", "why"))
    rows = [
        f"| {_moment(one.start)} | {_day(one.born)} | {_choices(one)} | {_day(one.due) or '–'} "
        f"| {one.why.in_language(lang)} |"
        for one in examples
    ]
    return [f"| {head} |", "|--|--|--|--|--|", *rows]


def _who(rule: ClockRule, words: ClockWords, lang: Language) -> str:
    parts = []
    if rule.has_age_limit:
        parts.append(
            f"{rule.age_from or 0}–{rule.age_below - 1 if rule.age_below else ''} {_label(words, 'years', lang)}"
        )
    told = (*rule.also_for, *rule.only_for)
    parts += [words.conditions[condition].in_language(lang) for condition in told]
    return "; ".join(parts) or _label(words, "all_ages", lang)


def _label(words: ClockWords, key: str, lang: Language) -> str:
    label: Text = words.labels[key]
    return label.in_language(lang)


def _moment(start: date | datetime) -> str:
    return f"{_day(start)} {start:%H.%M}" if isinstance(start, datetime) else _day(start)


def _day(day: date | None) -> str:
    return f"{day.day}.{day.month}.{day.year}" if day else ""


def _choices(example: Example) -> str:
    return " ".join(f"`{name}={str(value).lower()}`" for name, value in example.set.items())
