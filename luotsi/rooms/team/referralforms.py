"""What a worker writes in the referral book: the sending, and each step of the thread."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.now import today
from luotsi.domain.cases.definitions import Choice, ReferralRoute
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.team.fields import DayField
from luotsi.rooms.team.forms import LONGEST_NOTE, KeyedForm, note_field
from luotsi.ui.forms import Choices, LongText

_REASON, _SAY_REASON = _("Reason"), _("Choose the reason.")


def required_text(label: Any, hint: Any, missing: Any, *, rows: int = 5) -> forms.CharField:
    field = note_field(label, hint, rows=rows)
    field.required, field.error_messages["required"] = True, missing
    return field


class SendingForm(KeyedForm):
    """To whom, how urgently, and what is asked. The route's own template stands in the question."""

    to_unit = forms.ChoiceField(label=_("Receiver"), widget=Choices())
    urgency = forms.ChoiceField(label=_("Urgency"), widget=Choices(), required=False)
    question = required_text(
        "", _("The receiver reads this, and so does the resident."), _("Write what you ask."), rows=10
    )
    follows = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, route: ReferralRoute, unit: str, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [one for one in route.to_units if one != unit]
        names = organisation.unit_names()
        self.fields["to_unit"].choices = [(one, names[one].in_language(language)) for one in units]
        self.fields["question"].label = route.asks.in_language(language)
        if len(units) == 1:
            self.fields["to_unit"].widget = forms.HiddenInput()
            self.initial.setdefault("to_unit", units[0])
        urgent = [(one.key, one.name.in_language(language)) for one in route.urgencies]
        self.fields["urgency"].choices = [("", _("Not urgent")), *urgent]
        if not urgent:
            del self.fields["urgency"]

    @property
    def typed(self) -> str:
        return self.data.get(self.add_prefix("question"), "") if self.is_bound else ""


class StepForm(KeyedForm):
    """One step of the thread; which fields it has depends on the step. `restored_at`: when what stands in it was
    written and not sent; None when it holds no draft.
    """

    restored_at: datetime | None = None

    step = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, step: str, route: ReferralRoute, language: str, *args: Any, times: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        kwargs.setdefault("auto_id", f"{step}_%s")
        kwargs.setdefault("initial", {}).setdefault("step", step)
        super().__init__(*args, **kwargs)
        self.kind = step
        for name, field in _fields(step, route, language, times).items():
            self.fields[name] = field

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until <= today():
            raise forms.ValidationError(_("Choose a day that is ahead."))
        return until

    @property
    def told(self) -> dict[str, Any]:
        """What the step's action takes beside the thread itself."""
        return {name: value for name, value in self.cleaned_data.items() if name != "step"}


def _fields(step: str, route: ReferralRoute, language: str, times: Sequence[Any]) -> dict[str, forms.Field]:
    note = note_field(_("Your note"), _("Both ends read it, and so does the resident."), rows=3)
    if step == "done" and route.outcomes:
        return {"reason": _reasons(route.outcomes, language, label=_("What came of it")), "note": note}
    if step in {"accepted", "done", "withdrawn"}:
        return {"note": note}
    if step == "on_hold":
        until = DayField(label=_("Until"), error_messages={"required": _("Choose until which day.")})
        return {"reason": _reasons(route.hold_reasons, language), "until": until, "note": note}
    if step == "returned":
        return {"reason": _reasons(route.return_reasons, language), "note": note}
    if step == "answered":
        return {"note": required_text(_("Answer"), "", _("Write the answer.")), "minutes": _minutes(route)}
    if step == "message":
        return {"note": required_text(_("Message"), "", _("Write the message."), rows=3)}
    if step == "time_chosen":
        return {"slot": _slots(times), "questions": _questions()}
    return {}


def _reasons(known: Sequence[Choice], language: str, *, label: Any = _REASON) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, widget=Choices(), choices=[(one.key, one.name.in_language(language)) for one in known],
        error_messages={"required": _SAY_REASON, "invalid_choice": _SAY_REASON},
    )  # fmt: skip


def _minutes(route: ReferralRoute) -> forms.IntegerField:
    say = _("Write the minutes as a number, from 1 to %(limit_value)s.")
    field = forms.IntegerField(
        label=_("Minutes used"), min_value=1, max_value=route.most_minutes,
        help_text=_("Reading, thinking and answering together."),
        error_messages={
            "required": _("Write how many minutes it took."), "invalid": _("Write the minutes as a number."),
        },
    )  # fmt: skip
    for validator in field.validators:
        validator.message = say
    return field


def _slots(times: Sequence[Any]) -> forms.TypedChoiceField:
    say = _("Choose a time.")
    return forms.TypedChoiceField(
        label=_("Time"), widget=Choices(), choices=list(times), coerce=UUID,
        error_messages={"required": say, "invalid_choice": _("That time was just taken. Choose another one.")},
    )  # fmt: skip


def _questions() -> forms.CharField:
    return forms.CharField(
        label=_("Short questions"), required=False, max_length=LONGEST_NOTE, widget=LongText(rows=4),
        help_text=_("One on each line. They are read at that time together with your first question."),
    )  # fmt: skip
