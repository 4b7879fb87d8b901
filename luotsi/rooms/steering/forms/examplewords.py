"""Where a worked example gives something else than it says, in the reader's language."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.definitions.faulty import Fault
from luotsi.rooms.steering.forms import words
from luotsi.ui.words import number


def of_example_fault(form: Questionnaire, one: Fault) -> str:
    """The sentence, "" when the fault is none of an example's."""
    told = one.told
    if one.kind == "answers_unknown":
        return _("The example answers a question that is gone: %(name)s. Keep the example anew.") % told
    if one.kind in {"should_ask", "should_not_ask"}:
        should = {
            "should_ask": _("The example says that it is asked, and it is not."),
            "should_not_ask": _("The example says that it is not asked, and it is."),
        }
        return words.begun(words.name_of(form, told["item"]), should[one.kind])
    if one.kind.startswith("other_"):
        return _differs(form, one)
    return _gives_nothing(form, one)


def _differs(form: Questionnaire, one: Fault) -> str:
    of = one.kind.removeprefix("other_")
    subjects = {
        "outcomes": _("What follows"),
        "dangers": _("Danger"),
        "refused": _("Answers that cannot stand"),
    }
    subject = subjects.get(of) or _("the score %(name)s") % {"name": words.score_name(form, one.told["score"])}
    both = {"given": _said(form, of, one.told["given"]), "said": _said(form, of, one.told["said"])}
    return words.begun(subject, _("the answers give %(given)s, the example says %(said)s.") % both)


def _said(form: Questionnaire, of: str, value: Any) -> str:
    if isinstance(value, Decimal | int):
        return number(value, 2) if value != int(value) else number(int(value))
    if of == "band" and value:
        return words.band_name(form, value)
    if isinstance(value, Collection) and not isinstance(value, str):
        names = {"outcomes": words.outcome_name, "dangers": words.danger_name, "refused": words.name_of}
        return "; ".join(names[of](form, key) for key in sorted(value)) or _("nothing")
    return _("nothing")


def _gives_nothing(form: Questionnaire, one: Fault) -> str:
    """An expression that gave no value with the answers of the example."""
    why = {
        "failed": _("The expression does not fit these answers. Perhaps it compares words with numbers."),
        "took_too_much": _("The expression takes too much work with these answers. Make it simpler."),
        "unfit": _("The expression gives something that cannot be the answer: several values, or too large a number."),
    }.get(one.kind)
    if why is None:
        return ""
    if score := one.told.get("score"):
        return words.begun(_("the score %(name)s") % {"name": words.score_name(form, score)}, why)
    variable = one.told.get("variable")
    return words.begun(f"%{variable}" if variable else words.name_of(form, one.told["item"]), why)
