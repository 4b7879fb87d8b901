"""A clock's answer as a document and in sentences. The fields are a fixed form: added to, never changed."""

from collections.abc import Iterable, Sequence
from typing import Any

from luotsi.base.text import LANGUAGES, Language
from luotsi.domain.clocks.definitions import ClockRule, ClockSettings, clock_words, counting
from luotsi.domain.clocks.rules import Because, DayCounted, Due, assumed, days_counted, in_words, length_that_held
from luotsi.domain.clocks.rules.because import day_in_words, length_in_words

# The steps that say that a rule does not hold here, or names no day: told apart too, so that nobody overlooks them.
_NOTICES = (
    "never_in_force", "not_in_force", "age_outside", "condition_missing", "condition_against", "no_limit_known",
)  # fmt: skip


def document(start: str, answer: Due, because: Sequence[Because], settings: ClockSettings) -> dict[str, Any]:
    """The fixed form that people script: rule, version, start, due, because; then what was added to it."""
    rule = answer.rule
    return {
        "rule": rule.key,
        "version": rule.version.isoformat(),
        "start": start,
        "due": answer.due.isoformat() if answer.due else None,
        "because": steps(because, rule),
        "applies": answer.applies,
        "line": rule.line,
        "law": rule.law.model_dump(),
        "verified": rule.verified,
        "compared_on": rule.compared_on.isoformat() if rule.compared_on else None,
        "notice": notice(because, rule),
        "days": [day.as_json() for day in days_of(answer, settings)],
        "assumptions": assumptions(because, settings),
    }


def steps(because: Iterable[Because], rule: ClockRule) -> list[dict[str, Any]]:
    words = clock_words()
    return [step.as_json() | in_words(step, rule, words).model_dump() for step in because]


def notice(because: Iterable[Because], rule: ClockRule) -> dict[str, str] | None:
    """The sentence that says that the rule does not hold here or names no day, with the rule's own note; else None."""
    told = [in_words(step, rule, clock_words()) for step in because if step.what in _NOTICES]
    if not told:
        return None
    return {
        language: " ".join([*(one.in_language(language) for one in told), rule.note.in_language(language)])
        for language in LANGUAGES
    }


def days_of(answer: Due, settings: ClockSettings) -> tuple[DayCounted, ...]:
    special = next((step.word for step in answer.because if step.what == "special_length"), "")
    length = length_that_held(answer.rule, special)
    return days_counted(length, answer.counted_from, answer.due, settings=settings, words=clock_words())


def assumptions(because: Iterable[Because], settings: ClockSettings) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "choices": dict(choice.split("=", 1) for choice in one.choices),
            "used": one.is_used,
            "verified": one.verified,
            **one.says.model_dump(),
        }
        for one in assumed(counting(), because, settings)
    ]


def explanation(answer: Due, because: Sequence[Because], settings: ClockSettings, language: Language) -> str:
    rule, words = answer.rule, clock_words()
    told = [in_words(step, rule, words).in_language(language) for step in because]
    labels = {key: text.in_language(language) for key, text in words.labels.items()}
    last = f"{labels['last_day']}: {day_in_words(answer.due, language)}" if answer.due else labels["no_last_day"]
    warning = [] if answer.applies else [labels["does_not_apply"].upper()]
    read_so = [
        f"  {one.code} {' '.join(one.choices)}: {one.says.in_language(language)}"
        for one in assumed(counting(), because, settings)
    ]
    noted = [rule.note.in_language(language)] if notice(because, rule) else []
    sentences = [f"  {sentence}" for sentence in (*told, *noted)]
    head = [rule.name.in_language(language), last, *warning]
    return "\n".join([*head, "", *sentences, "", labels["assumptions"], *read_so])


def row(rule: ClockRule, language: Language) -> dict[str, Any]:
    """A rule in the list."""
    words = clock_words()
    return {
        "rule": rule.key,
        "name": rule.name.in_language(language),
        "line": rule.line,
        "limit": length_in_words(rule.length, words, language),
        "valid_from": rule.valid_from.isoformat(),
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        "never_in_force": rule.never_in_force,
        "age_from": rule.age_from,
        "age_below": rule.age_below,
        "law": f"{rule.law.act} {rule.law.section}".strip(),
        "verified": rule.verified,
        "id": rule.key,
        "names": rule.name.model_dump(),
        "act": rule.law.act,
        "section": rule.law.section,
        "amended_by": rule.law.amended_by,
        "valid": {
            "from": rule.valid_from.isoformat(),
            "to": rule.valid_to.isoformat() if rule.valid_to else None,
            "never": rule.never_in_force,
        },
        "compared_on": rule.compared_on.isoformat() if rule.compared_on else None,
    }
