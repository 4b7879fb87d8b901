"""The steps of an explanation. What is kept is the step itself; its words come from the shelf when it is read."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from luotsi.base.dates import holiday_name
from luotsi.base.text import LANGUAGES, Language, Text
from luotsi.domain.clocks.definitions import AssumptionCode, BecauseKind, ClockRule, ClockWords, Length

# Which part of the words a step's `word` is looked up in.
_VOCABULARY = {
    "start": "triggers",
    "special_length": "conditions",
    "condition_missing": "conditions",
    "condition_against": "conditions",
    "paused": "pauses",
    "paused_now": "pauses",
}
_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


@dataclass(frozen=True)
class Because:
    """One step: what was decided, on which days, by how many, and on which assumption (A1–A7) it rests."""

    what: BecauseKind
    days: tuple[date, ...] = ()
    number: int | None = None
    word: str = ""
    assumption: AssumptionCode | None = None

    def as_json(self) -> dict[str, Any]:
        """For a jsonb column or a printed answer; what is empty is left out."""
        parts: dict[str, Any] = {"what": self.what}
        if self.days:
            parts["days"] = [day.isoformat() for day in self.days]
        if self.number is not None:
            parts["number"] = self.number
        if self.word:
            parts["word"] = self.word
        if self.assumption:
            parts["assumption"] = self.assumption
        return parts

    @classmethod
    def from_json(cls, parts: dict[str, Any]) -> "Because":
        days = tuple(date.fromisoformat(day) for day in parts.get("days", ()))
        return cls(**{**parts, "days": days})


def in_words(step: Because, rule: ClockRule, words: ClockWords) -> Text:
    """The step as a sentence in the three languages."""
    return Text(**{language: _sentence(step, rule, words, language) for language in LANGUAGES})


def _sentence(step: Because, rule: ClockRule, words: ClockWords, language: Language) -> str:
    return (
        words.because[step.what]
        .in_language(language)
        .format(
            days=days_in_words(step.days, language),
            number="" if step.number is None else step.number,
            count=_count_in_words(step, words, language),
            rule=rule.key,
            law=law_in_words(rule, words, language),
            name=rule.name.in_language(language),
            word=_word(step, words, language),
            why=_special_why(step, rule, language),
        )
    )


def law_in_words(rule: ClockRule, words: ClockWords, language: Language) -> str:
    """The act and section; of what the county itself promises, that it is no law."""
    if rule.law.is_own_promise:
        return words.labels["own_promise"].in_language(language)
    return f"{rule.law.act} {rule.law.section}".strip()


def law_in_every_language(rule: ClockRule, words: ClockWords) -> Text:
    """The act and section with what brought this version, as pages print it."""
    brought = f" ({rule.law.amended_by})" if rule.law.amended_by else ""
    return Text(**{language: law_in_words(rule, words, language) + brought for language in LANGUAGES})


def days_in_words(days: tuple[date, ...], language: Language) -> str:
    """Days as the language writes them: "ti 31.3.2026", a holiday with its name."""
    return ", ".join(day_in_words(day, language) for day in days)


def day_in_words(day: date, language: Language) -> str:
    written = f"{day.day} {day:%B} {day.year}" if language == "en" else f"{day.day}.{day.month}.{day.year}"
    name = holiday_name(day)
    called = name.in_language(language) if name else ""
    if language != "en":
        called = called.lower()
    return f"{_WEEKDAYS[language][day.weekday()]} {written}" + (f" ({called})" if called else "")


def _word(step: Because, words: ClockWords, language: Language) -> str:
    vocabulary = _VOCABULARY.get(step.what)
    if vocabulary is None:
        return step.word
    known: dict[str, Text] = getattr(words, vocabulary)
    return known[step.word].in_language(language) if step.word in known else step.word


def _special_why(step: Because, rule: ClockRule, language: Language) -> str:
    """The rule's own reason for another length, when the step is about one."""
    reasons = {special.when: special.why for special in rule.special_lengths if step.what == "special_length"}
    found = next((why for when, why in reasons.items() if when == step.word), None)
    return found.in_language(language) if found else ""


def _count_in_words(step: Because, words: ClockWords, language: Language) -> str:
    """ "7 working days": the number with its unit, in one or in many."""
    key = _counted(step.word, step.number)
    if key not in words.counts:
        return ""
    return words.counts[key].in_language(language).format(number=step.number)


def length_in_words(length: Length | Literal["unknown"], words: ClockWords, language: Language) -> str:
    """ "14 days", "the same day", "no limit is known"."""
    if length == "unknown" or length.unit in ("same_day", "immediately"):
        label = "unknown" if length == "unknown" else length.unit
        return words.labels[label].in_language(language)
    return words.counts[_counted(length.unit, length.number)].in_language(language).format(number=length.number)


def _counted(unit: str, number: int | None) -> str:
    return f"{unit}.{'one' if number == 1 else 'many'}"
