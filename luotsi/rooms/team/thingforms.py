"""A new room or thing, and what a worker is qualified for."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from luotsi.base.now import today
from luotsi.domain.bookings.queries.things import Thing, equipment_types
from luotsi.domain.organisation.definitions import qualifications
from luotsi.domain.organisation.queries import Member
from luotsi.rooms.team.fields import DayField
from luotsi.ui.forms import ShortText

_CHOOSE = {"required": _("Choose from the list."), "invalid_choice": _("Choose from the list.")}
_TYPES = {"oral-scanner": _("Oral scanner"), "ultrasound": _("Ultrasound"), "ecg": _("Heart film (ECG)")}


class ThingForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What it is"), error_messages=_CHOOSE)
    name = forms.CharField(
        label=_("What it is called"), max_length=60, widget=ShortText(),
        error_messages={"required": _("Write a name, such as Room 12.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4(), "kind": "room"}, **kwargs)
        types = dict.fromkeys([*equipment_types(), *_TYPES])
        self.fields["kind"].choices = [("room", _("Room")), *((f"equipment:{one}", type_words(one)) for one in types)]


class QualificationForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    staff = forms.ChoiceField(label=_("Whose"), error_messages=_CHOOSE)
    qualification = forms.ChoiceField(label=_("Qualified for"), error_messages=_CHOOSE)
    valid_from = DayField(label=_("From"), error_messages={"required": _("Write the first day.")})
    valid_to = DayField(label=_("Until"), required=False)

    def __init__(self, members: Iterable[Member], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4(), "valid_from": today()}, **kwargs)
        self.fields["staff"].choices = [("", _("Choose")), *((str(one.id), one.name) for one in members)]
        named = [(one.key, one.name.in_language(get_language())) for one in qualifications().values()]
        self.fields["qualification"].choices = [("", _("Choose")), *sorted(named, key=lambda one: one[1])]

    def refuse(self, why: str) -> None:
        if why == "backwards":
            self.add_error("valid_to", _("The last day is before the first one."))
        else:
            self.add_error("qualification", _("They have it already. End that one first."))


def type_words(key: str) -> str:
    return str(_TYPES.get(key, key))


def thing_words(one: Thing) -> str:
    return told("Room") if one.kind == "room" else type_words(one.type)
