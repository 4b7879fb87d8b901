"""The form by which a round of answers is opened, and the one by which a unit's workers are invited."""

from datetime import date
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.now import today
from luotsi.base.who import Who
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import sees_unit
from luotsi.domain.questionnaires.queries import forms as questionnaires
from luotsi.ui.forms import Choices, DayInput, ShortText
from luotsi.ui.words import in_language

MODES = (
    ("link", _("A link and its printed code")),
    ("kiosk", _("A device at the unit, where one after another answers")),
    ("invited", _("Invitations: only those who are invited answer, each once")),
)


class RoundForm(forms.Form):
    """What is asked, where, how and until when."""

    questionnaire = forms.ChoiceField(label=_("Questionnaire"))
    name = forms.CharField(
        label=_("Name of the round"), max_length=120, widget=ShortText(), help_text=_("Whoever answers sees it.")
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    mode = forms.ChoiceField(label=_("How it is answered"), choices=MODES, widget=Choices(), initial="link")
    closes_on = forms.DateField(label=_("Last day"), required=False, widget=DayInput())
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)

    def __init__(self, *args: object, viewer: Who, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        asked = [
            one
            for one in questionnaires.current().values()
            if one.is_anonymous
            or one.purpose in {"feedback", "survey"}
            or (one.audience in {"anyone", "staff"} and not one.register)
        ]
        self.fields["questionnaire"].choices = sorted(
            ((one.key, in_language(one.name)) for one in asked), key=lambda pair: pair[1]
        )
        units = [(key, in_language(name)) for key, name in organisation.unit_names().items() if sees_unit(viewer, key)]
        self.fields["unit"].choices = [("", _("No unit")), *sorted(units, key=lambda pair: pair[1])]
        if len(units) == 1:
            self.fields["unit"].initial = units[0][0]

    def clean_closes_on(self) -> date | None:
        day: date | None = self.cleaned_data.get("closes_on")
        if day is not None and day < today():
            raise forms.ValidationError(_("The last day is still to come."))
        return day


class InvitationForm(forms.Form):
    """Which unit's workers are asked, and by when."""

    unit = forms.ChoiceField(label=_("Whose workers"))
    due_on = forms.DateField(
        label=_("Answer by"), required=False, widget=DayInput(),
        help_text=_("Whoever has not answered is reminded once, two days before."),
    )  # fmt: skip

    def __init__(self, *args: object, viewer: Who, unit: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        units = [(key, in_language(name)) for key, name in organisation.unit_names().items() if sees_unit(viewer, key)]
        self.fields["unit"].choices = sorted(units, key=lambda pair: pair[1])
        self.fields["unit"].initial = unit

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data.get("due_on")
        if day is not None and day <= today():
            raise forms.ValidationError(_("The day by which to answer is still to come."))
        return day
