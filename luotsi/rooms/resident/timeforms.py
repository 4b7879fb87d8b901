"""The small forms beside the free times: which ones are shown, and what one wishes for while one waits."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.resident import jointvisits
from luotsi.rooms.resident.picker import Picker, goes_together
from luotsi.rooms.resident.timewords import order_choices, part_choices, weekday_choices
from luotsi.ui.forms import ManyChoices


class TimesFilter(forms.Form):
    """What the time is about, where, and which times first. `place`: whether places may be named at all."""

    offering = forms.CharField(widget=forms.HiddenInput)
    matter = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.ChoiceField(label=_("What the time is about"))
    unit = forms.ChoiceField(label=_("Where"), required=False)
    order = forms.ChoiceField(label=_("Which first"))
    also = forms.ChoiceField(label=_("Also at the same visit"), required=False)
    third = forms.ChoiceField(label=_("And also"), required=False)

    def __init__(self, found: Picker, *, place: bool, moving: bool) -> None:
        asked, offering, language = found.asked, found.offering, get_language() or "fi"
        initial = {"offering": offering.key, "reason": asked.reason, "unit": asked.unit, "order": asked.order,
                   "matter": asked.matter or "", **jointvisits.as_parts(asked.also)}  # fmt: skip
        super().__init__(initial=initial)
        durations = [
            (one.reason, f"{one.name.in_language(language)} ({one.minutes} min)") for one in offering.durations
        ]
        self.fields["reason"].choices = durations
        self.fields["unit"].choices = [("", _("Anywhere")), *unit_choices(found)]
        self.fields["order"].choices = order_choices() if place else [c for c in order_choices() if c[0] != "nearest"]
        if len(durations) < 2 or moving:
            del self.fields["reason"]
        if not place or len(offering.units) < 2:
            del self.fields["unit"]
        self._propose_more(found, moving=moving)

    def _propose_more(self, found: Picker, *, moving: bool) -> None:
        """What else can be done at the same visit; a third thing is asked when there is a second one."""
        more = [] if moving else [(one.value, one.words) for one in goes_together(found)]
        for name in jointvisits.FIELDS:
            self.fields[name].choices = [("", _("Nothing else")), *more]
        if found.asked.also:
            del self.fields["order"]
        if len({value.split()[0] for value, _words in more}) < 2 or not found.asked.also:
            del self.fields["third"]
        if not more:
            del self.fields["also"]


class WaitingForm(forms.Form):
    """Wishes: none means that anything will do."""

    units = forms.MultipleChoiceField(label=_("Where"), required=False, widget=ManyChoices)
    days = forms.MultipleChoiceField(label=_("Which days"), required=False, widget=ManyChoices)
    parts = forms.MultipleChoiceField(label=_("What time of the day"), required=False, widget=ManyChoices)

    def __init__(self, found: Picker, *, place: bool, **more: Any) -> None:
        super().__init__(initial={"units": [found.asked.unit] if found.asked.unit else []}, **more)
        self.fields["units"].choices = unit_choices(found)
        self.fields["days"].choices = weekday_choices()
        self.fields["parts"].choices = part_choices()
        if not place or len(found.offering.units) < 2:
            del self.fields["units"]


def unit_choices(found: Picker) -> list[tuple[str, str]]:
    names = organisation.unit_names()
    return [(unit, names[unit].in_language(get_language() or "fi")) for unit in found.offering.units]
