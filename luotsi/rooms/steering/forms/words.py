"""What the parts of a form are called on the pages of those who make it, and why something cannot be done."""

from collections.abc import Iterable

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.questionnaires.definitions import Condition, Danger, Example, Item, Option, Questionnaire
from luotsi.domain.questionnaires.rules.wording import Place

LANGUAGE_NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}


def types() -> dict[str, str]:
    """What a question can be, in the order of how often it is needed."""
    return {
        "choice": _("Choice: one answer"),
        "choices": _("Choice: several answers"),
        "yes_no": _("Yes or no"),
        "text": _("Short text"),
        "long_text": _("Long text"),
        "whole_number": _("Whole number"),
        "number": _("Number"),
        "day": _("Day"),
        "open_choice": _("Choice or own words"),
        "display": _("Text to read"),
        "group": _("Group of questions"),
        "phone": _("Phone number"),
        "url": _("Web address"),
        "quantity": _("Number with a unit"),
        "moment": _("Day and time"),
        "time": _("Time of day"),
        "file": _("File"),
        "reference": _("Name of something else"),
    }


def purposes() -> dict[str, str]:
    return {
        "need": _("Need of help"),
        "request": _("Request"),
        "screening": _("Screening"),
        "instrument": _("Measure"),
        "navigator": _("Navigator to help"),
        "sheet": _("Sheet for working together"),
        "feedback": pgettext("form", "Feedback"),
        "survey": _("Survey"),
    }


def audiences() -> dict[str, str]:
    return {
        "anyone": _("Anyone, without signing in"),
        "resident": _("A resident who has signed in"),
        "staff": _("A worker"),
        "both": _("A resident, or a worker with them"),
    }


def registers() -> dict[str, str]:
    return {
        "": pgettext("register", "None of its own"),
        "health": pgettext("register", "Health"),
        "social": pgettext("register", "Social welfare"),
        "child_welfare": pgettext("register", "Child welfare"),
    }


def states() -> dict[str, str]:
    return {
        "published": pgettext("form", "In use"),
        "proposed": pgettext("form", "Waits for a second person"),
        "draft": pgettext("form", "Draft"),
        "retired": pgettext("form", "Out of use"),
        "superseded": pgettext("form", "Replaced by a later version"),
    }


TONES = {"published": "success", "proposed": "warning", "draft": "info", "retired": "neutral", "superseded": "neutral"}


def origins() -> dict[str, str]:
    return {
        "shelf": _("Comes with the system"),
        "designer": _("Made by the county"),
        "import": _("Brought in as a file"),
    }


def ways() -> dict[str, str]:
    """How a score is read from answers."""
    return {
        "sum": _("Sum of points"),
        "mean": _("Mean of points"),
        "share": _("Share of the highest possible, 0–100"),
        "count": _("How many questions are answered"),
        "rule": _("A named rule of the system"),
        "expression": _("FHIRPath expression"),
    }


def comparisons() -> dict[str, str]:
    """What a condition says of an answer."""
    return {
        "is_one_of": _("the answer is one of these"),
        "is_not": _("the answer is none of these"),
        "is_answered": _("it is answered"),
        "is_not_answered": _("it is not answered"),
        "is_at_least": _("at least"),
        "is_at_most": _("at most"),
        "is_over": _("over"),
        "is_under": _("under"),
    }


def said(text: Text | None) -> str:
    return text.in_language(get_language() or "fi") if text else ""


def of_example(example: Example) -> str:
    """What a worked example shows."""
    return example.says if isinstance(example.says, str) else said(example.says)


def short(words: str, most: int = 70) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def name_of(form: Questionnaire, key: str) -> str:
    """An item as one line: its place and its words."""
    for number, item in enumerate(form.every_item, 1):
        if item.key == key:
            words = said(item.label) or _("(no text yet)")
            return f"{number}. {short(words)}"
    return key


def lacking(languages: Iterable[str]) -> str:
    """Which languages are not written: "Missing: svenska, English"; "" when all are."""
    names = ", ".join(LANGUAGE_NAMES[one] for one in LANGUAGES if one in set(languages))
    return _("Missing: %(languages)s") % {"languages": names} if names else ""


def condition(form: Questionnaire, one: Condition) -> str:
    """A condition in words: "3. Odotitko? – the answer is one of these: Kyllä"."""
    item = next((each for each in form.every_item if each.key == one.item), None)
    told = comparisons()
    question = name_of(form, one.item)
    for kind in ("is_one_of", "is_not"):
        if values := getattr(one, kind):
            return f"{question} – {told[kind]}: {', '.join(answer(item, value) for value in values)}"
    if one.is_answered is not None:
        return f"{question} – {told['is_answered' if one.is_answered else 'is_not_answered']}"
    kind = next(kind for kind in ("is_at_least", "is_at_most", "is_over", "is_under") if getattr(one, kind) is not None)
    return f"{question} – {told[kind]} {getattr(one, kind)}"


def answer(item: Item | None, value: str) -> str:
    """An answer that can be chosen, in words."""
    return dict(answers(item)).get(value, value) if item else value


def answers(item: Item) -> list[tuple[str, str]]:
    """The answers that can be chosen, with their words."""
    if item.type == "yes_no":
        return [("yes", pgettext("answer", "Yes")), ("no", pgettext("answer", "No"))]
    return [(option.value, said(option.label) or option.value) for option in item.options]


def place(form: Questionnaire, one: Place) -> str:
    """Which text it is: "3. Odotitko? – answer 2: Words"."""
    names = [_owner(form, owner) for owner in one.owners[1:]]
    return " – ".join([*(name for name in names[-2:] if name), _part(one.name)])


def _owner(form: Questionnaire, owner: object) -> str:
    key = getattr(owner, "key", "")
    if isinstance(owner, Item):
        return name_of(form, key)
    if isinstance(owner, Option):
        return _("answer %(name)s") % {"name": short(said(owner.label) or owner.value, 40)}
    if isinstance(owner, Danger):
        return _("notice of danger")
    name = said(getattr(owner, "name", None)) or key
    return short(name, 40)


def _part(name: str) -> str:
    known = {
        "name": pgettext("form", "Name"),
        "intro": _("Introduction"),
        "intro_for_another": _("Introduction, when one answers for another"),
        "thanks": _("Thanks after sending"),
        "label": pgettext("form", "Words"),
        "label_for_another": _("Words, when one answers for another"),
        "hint": pgettext("form", "Hint"),
        "hint_for_another": _("Hint, when one answers for another"),
        "pattern_says": _("What to say when it is written otherwise"),
        "least_label": _("What the lowest number means"),
        "most_label": _("What the highest number means"),
        "text": pgettext("form", "Text"),
        "title": pgettext("form", "Heading"),
        "phone": _("Phone number to call"),
        "says": _("Said to whoever answers"),
        "says_for_another": _("Said, when one answers for another"),
        "warns": _("Said to workers"),
    }
    return known.get(name, name)


def begun(subject: str, sentence: str) -> str:
    """A sentence about something: "3. Odotitko?: …", the score's name with a capital."""
    return f"{subject[:1].upper()}{subject[1:]}: {sentence}" if subject else f"{sentence[:1].upper()}{sentence[1:]}"


def score_name(form: Questionnaire, key: str) -> str:
    return next((said(one.name) for one in form.scores if one.key == key), "") or key


def band_name(form: Questionnaire, key: str) -> str:
    return next((said(one.name) for score in form.scores for one in score.bands if one.key == key), "") or key


def outcome_name(form: Questionnaire, key: str) -> str:
    """An outcome has no name: what it says, to whoever answered or to workers."""
    one = next((one for one in form.outcomes if one.key == key), None)
    return short(said(one.says) or said(one.warns), 40) or key if one else key


def danger_name(form: Questionnaire, key: str) -> str:
    return said(form.dangers[key].title) or key if key in form.dangers else key


def option_name(form: Questionnaire, value: str) -> str:
    """An answer to choose, by the words of the first question that offers it."""
    return next((words for item in form.every_item for key, words in answers(item) if key == value), value)


def impossible(why: str) -> str:
    """Why an act on a draft cannot be done."""
    told = {
        "taken": _("Another form has that name already. Choose a name of its own."),
        "drafted": _("A next version is being made already. Go on with that one."),
        "unfinished": _("Some of the checks do not hold yet. They are told below."),
        "no_note": _("Write a sentence on why. It stays in the history."),
        "own_proposal": _("You held it ready yourself. Somebody else puts it to use."),
        "not_proposed": _("It is not held ready any more: somebody changed it meanwhile."),
        "not_in_force": _("The form is not in use any more."),
        "published": _("The form is in use already and does not change. Make a next version of it."),
    }
    return told.get(why, why)


def how_many(count: int | None) -> str:
    """A count of answers; few are not told."""
    return _("fewer than five") if count is None else str(count)
