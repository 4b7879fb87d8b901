"""When a question is shown, as fields: one row for each condition."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.domain.questionnaires.definitions import Condition, Item, Questionnaire
from luotsi.rooms.steering.forms import words
from luotsi.rooms.steering.forms.numbers import number
from luotsi.ui.forms import ManyChoices, ShortText

LISTED = ("is_one_of", "is_not")
LIMITS = ("is_at_least", "is_at_most", "is_over", "is_under")


def condition_fields(form: Any, whole: Questionnaire, item: Item) -> None:
    """Adds the fields of the item's conditions, and those with which a new one begins."""
    for place, one in enumerate(item.show_when):
        other = next(each for each in whole.every_item if each.key == one.item)
        kinds = [(kind, label) for kind, label in words.comparisons().items() if _fits(kind, other)]
        form.fields[f"when-{place}-kind"] = forms.ChoiceField(
            label=words.name_of(whole, one.item), choices=kinds, initial=_kind(one)
        )
        form.fields[f"when-{place}-said"] = _said(other, one)
    others = [each for each in whole.every_item if each.key != item.key and each.type not in {"group", "display"}]
    choices = [("", _("Choose a question")), *((each.key, words.name_of(whole, each.key)) for each in others)]
    form.fields["when_new"] = forms.ChoiceField(label=_("Depends on the question"), choices=choices, required=False)
    if len(item.show_when) > 1:
        both = [("all", _("when all of these hold")), ("any", _("when one of these holds"))]
        form.fields["show_if"] = forms.ChoiceField(label=pgettext("form", "Shown"), choices=both, initial=item.show_if)


def condition_rows(form: Any) -> list[dict[str, Any]]:
    """The conditions as the page draws them."""
    count = len(form.item.show_when)
    return [{"number": one, "fields": [form[f"when-{one}-kind"], form[f"when-{one}-said"]]} for one in range(count)]


def read_conditions(form: Any, whole: Questionnaire) -> dict[str, Any]:
    """The conditions as they were written; a new one begins as "it is answered"."""
    said = form.cleaned_data
    found = []
    for place, one in enumerate(form.item.show_when):
        kind, value = said[f"when-{place}-kind"] or _kind(one), said[f"when-{place}-said"]
        found.append(_condition(one.item, kind, value))
    if said.get("when_new"):
        found.append(Condition(item=said["when_new"], is_answered=True))
    return {"show_when": tuple(found), "show_if": said.get("show_if") or form.item.show_if}


def _condition(item: str, kind: str, value: Any) -> Condition:
    """What says nothing yet, as a comparison without a number, waits for any answer."""
    if kind in LISTED:
        values = (
            tuple(value) if isinstance(value, list) else tuple(one.strip() for one in value.split(",") if one.strip())
        )
        if values:
            return Condition.model_validate({"item": item, kind: values})
    if kind in LIMITS and value and not isinstance(value, list):
        return Condition.model_validate({"item": item, kind: _limit(value)})
    return Condition(item=item, is_answered=kind != "is_not_answered")


def _limit(said: str) -> Decimal | str:
    """A number, or a day as it was written."""
    try:
        return number(said) or Decimal(0)
    except ValueError:
        return said.strip()


def _kind(one: Condition) -> str:
    if one.is_answered is not None:
        return "is_answered" if one.is_answered else "is_not_answered"
    return next(kind for kind in (*LISTED, *LIMITS) if getattr(one, kind) not in ((), None))


def _fits(kind: str, other: Item) -> bool:
    if words.answers(other):
        return kind not in LIMITS
    return True


def _said(other: Item, one: Condition) -> forms.Field:
    kind = _kind(one)
    value = getattr(one, kind, None) if kind in (*LISTED, *LIMITS) else None
    if answers := words.answers(other):
        return forms.MultipleChoiceField(
            label=_("These answers"), choices=answers, required=False, initial=list(value or ()), widget=ManyChoices()
        )
    initial = ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return forms.CharField(
        label=_("Number, day or words"), required=False, max_length=500, initial=initial, widget=ShortText()
    )
