"""What is wrong with a form, or with a change of it, in the reader's language: where, what it is, and what to do.

Said by the kind of fault; the sentence in English that a fault carries is for the command line.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.definitions.faulty import Fault
from luotsi.domain.questionnaires.rules.editing import NotWhole, Use
from luotsi.rooms.steering.forms import words
from luotsi.rooms.steering.forms.examplewords import of_example_fault
from luotsi.ui.words import number


def fault(form: Questionnaire, one: Fault) -> str:
    """One fault as a sentence that begins with the question or score that it is about."""
    if said := of_example_fault(form, one):
        return said
    sentence = _told().get(one.kind) or _("Something in it does not fit together. Look at its fields once more.")
    names = {name: _named(form, name, value) for name, value in one.told.items()}
    return words.begun(_subject(form, one), sentence % names)


def kinds() -> set[str]:
    """The faults of a form that have words."""
    return set(_told())


def faults(form: Questionnaire, found: Iterable[Fault]) -> list[str]:
    return [fault(form, one) for one in found]


def refusal(form: Questionnaire, refused: NotWhole) -> str:
    """Why a change cannot be made, as a sentence that says what to do."""
    if refused.why == "in_use":
        return _("This cannot be removed yet, because it is needed here: %(where)s. Change them first.") % {
            "where": "; ".join(_use(form, use) for use in refused.parts)
        }
    told = {
        "last": _("A form has at least one question. Add another one before you remove this."),
        "last_in_group": _("It is the only one in its group. Add another to the group first, or remove the group."),
        "in_itself": _("A group cannot stand in itself."),
        "last_option": _("A choice has at least one answer."),
        "no_condition": _("Choose at least one condition."),
        "unknown": _("That question is not in the form any more."),
    }
    if refused.why in told:
        return told[refused.why]
    return _("The form cannot be kept so. %(why)s") % {"why": fault(form, refused.fault or Fault(refused.why))}


def _use(form: Questionnaire, use: Use) -> str:
    if use.part == "item":
        return _("the condition of %(question)s") % {"question": words.name_of(form, use.key)}
    if use.part == "score":
        return _("the score %(name)s") % {"name": words.score_name(form, use.key)}
    return _("the outcome %(name)s") % {"name": words.outcome_name(form, use.key)}


def _subject(form: Questionnaire, one: Fault) -> str:
    if score := one.told.get("score"):
        return _("the score %(name)s") % {"name": words.score_name(form, score)}
    if outcome := one.told.get("outcome"):
        return words.outcome_name(form, outcome)
    if variable := one.told.get("variable"):
        return f"%{variable}"
    return words.name_of(form, one.told["item"]) if one.told.get("item") else ""


def _named(form: Questionnaire, name: str, value: Any) -> str:
    if name in {"item", "other"} and _is_item(form, value):
        return words.name_of(form, value)
    if name == "items":
        return " → ".join(one if one.startswith("%") else words.name_of(form, one) for one in value)
    if name == "scores":
        return ", ".join(words.score_name(form, one) for one in value)
    if name in {"band", "other"}:
        return words.band_name(form, value)
    if name == "value":
        return words.option_name(form, value)
    return number(value) if isinstance(value, int | Decimal) else str(value)


def _is_item(form: Questionnaire, key: str) -> bool:
    return any(item.key == key for item in form.every_item)


def _told() -> dict[str, str]:
    return {**_of_form(), **_of_conditions(), **_of_expressions(), **_of_scores()}


def _of_form() -> dict[str, str]:
    return {
        "same_key": _("Two parts have the same key. Remove one of them and add it anew."),
        "same_option": _("Two of its answers have the same value. Remove one of them and add it anew."),
        "no_options": _("A choice needs at least one answer to choose from. Add one."),
        "empty_group": _("A group holds at least one question. Choose another kind, or put a question in a group."),
        "options_elsewhere": _("Its answers are in a list that did not come with the form. Write the answers here."),
        "bad_initial": _("What its answer begins as could not be answered. Change the kind of question back."),
        "bad_repeats": _("It asks for at least %(least)s answers and takes at most %(most)s. Bring the form in anew."),
        "no_danger": _("One of its answers shows a notice of danger that is gone. Choose another notice, or none."),
        "too_deep": _("There are groups in groups on more than %(most)s levels. Move the innermost ones out."),
        "too_many_items": _("The form has more than %(most)s questions. Divide it into several forms."),
        "outcome_waits": _("It waits for something that is gone (%(name)s). Choose its condition anew."),
        "when_says": _("A condition says either a score or an answer. Remove it and make it anew."),
    }


def _of_conditions() -> dict[str, str]:
    return {
        "depends_on_itself": _("It would be shown by its own answer. Remove that condition."),
        "depends_on_unknown": _("It depends on a question that is gone (%(name)s). Remove that condition."),
        "not_offered": _(
            "It waits for the answer “%(value)s”, which the question “%(other)s” does not offer. "
            "Choose the answers of the condition anew."
        ),
        "limit_no_number": _("“%(other)s” is answered with a number, and “%(said)s” is none. Write a number."),
        "limit_no_day": _("“%(other)s” is answered with a day, and “%(said)s” is none. Write it as 2026-03-31."),
        "condition_says": _("A condition compares in one way only. Remove it and make it anew."),
        "circle": _("These wait for each other in a circle: %(items)s. Take away one of the conditions."),
        "score_circle": _("These scores wait for each other in a circle: %(scores)s. Let one of them count without."),
    }


def _of_expressions() -> dict[str, str]:
    return {
        "not_fhirpath": _("The expression is not FHIRPath: %(text)s. Look at it near “%(near)s”."),
        "expression_long": _("The expression is too long: at most %(most)s characters. Divide it between questions."),
        "expression_deep": _("The expression has too many brackets in brackets. Divide it between questions."),
        "asks_itself": _("The expression asks for the question's own answer. Take its own key out of the expression."),
        "asks_unknown": _("The expression asks for “%(name)s”, which is no question's key. Correct the key."),
        "pattern_bare": _("Write the pattern in the expression as it is, in quotes: matches('[0-9]+')."),
        "pattern_long": _("The pattern is too long: at most %(most)s characters."),
        "pattern_unreadable": _("The pattern is no regular expression: %(pattern)s. Look at its brackets."),
        "pattern_heavy": _(
            "The pattern could take for ever with an unlucky answer: %(pattern)s. Do not repeat what repeats: "
            "[a-z]+ instead of ([a-z]+)+."
        ),
    }


def _of_scores() -> dict[str, str]:
    return {
        "counts_unknown": _("It counts a question that is gone (%(name)s). Choose its questions anew."),
        "works_on_unknown": _("It is made of a score that is gone (%(name)s). Choose how it is counted anew."),
        "way_says": _("It lacks its rule or expression, or has one too many. Write the one by which it is counted."),
        "no_rule": _("The system has no rule of the name “%(name)s”. Choose another one."),
        "counts_nothing": _("It counts nothing, because no answer gives points. Give the answers points."),
        "no_points": _("It counts “%(item)s”, which gives no points. Give its answers points, or leave it out."),
        "no_most": _("It is a share, and “%(item)s” has no largest number. Write the largest number of the question."),
        "band_gap": _(
            "There is a gap or an overlap between “%(band)s” and “%(other)s”. Let one begin right after the other."
        ),
        "band_backwards": _("“%(band)s” ends before it begins. Correct its numbers."),
        "outside_bands": _("The score can be %(least)s–%(most)s, and some of that is in no band. Add a band."),
    }
