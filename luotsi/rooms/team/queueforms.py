"""The forms of queues: putting somebody in one, and asking who waits still."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luotsi.domain.bookings.definitions import Offering
from luotsi.domain.bookings.definitions.queue import waiting_reasons
from luotsi.domain.bookings.definitions.recalls import Cohort
from luotsi.domain.cases.definitions import urgencies
from luotsi.domain.organisation import definitions as organisation
from luotsi.ui.forms import Choices, ManyChoices

FEWEST_DAYS, USUAL_DAYS, MOST_DAYS = 7, 60, 730


class WaitingForm(forms.Form):
    """For what somebody waits, where, why and how urgently. No unit chosen: any that gives it will do."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    offering = forms.ChoiceField(label=_("What they wait for"))
    units = forms.MultipleChoiceField(label=pgettext_lazy("queue", "Where"), required=False, widget=ManyChoices)
    why = forms.ChoiceField(label=_("Why in the queue"))
    urgency = forms.ChoiceField(label=_("How urgent"))

    def __init__(self, offered: list[Offering], *, urgency: str, **more: Any) -> None:
        super().__init__(initial={"key": uuid4(), "urgency": urgency}, **more)
        language = get_language()
        names = organisation.unit_names()
        units = list(dict.fromkeys(unit for one in offered for unit in one.units))
        self.offered = {one.key: one for one in offered}
        self.fields["offering"].choices = [(one.key, one.name.in_language(language)) for one in offered]
        self.fields["units"].choices = [(unit, names[unit].in_language(language)) for unit in units]
        self.fields["why"].choices = [(key, one.name.in_language(language)) for key, one in waiting_reasons().items()]
        self.fields["urgency"].choices = [
            (key, one.name.in_language(language)) for key, one in urgencies().items() if not one.is_emergency
        ]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        known = self.offered.get(told.get("offering", ""))
        if known and not set(told.get("units", ())) <= set(known.units):
            self.add_error("units", _("This is not given in all of these units. Choose others, or none for any."))
        return told


class AskingForm(forms.Form):
    """Whom to ask whether they need it still: those who have waited so many days."""

    days = forms.IntegerField(
        label=_("Who has waited at least this many days"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
    )


class RecallForm(forms.Form):
    """Which cohort to invite, with the act or promise behind it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    cohort = forms.ChoiceField(label=_("Whom to invite"), widget=Choices)

    def __init__(self, offered: list[Cohort], **more: Any) -> None:
        super().__init__(initial={"key": uuid4()}, **more)
        language = get_language()
        self.fields["cohort"].choices = [
            (one.key, f"{one.name.in_language(language)} – {one.source.in_language(language)}") for one in offered
        ]
