"""Who is away, from when to when, and who looks after their work. Why is not asked."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.domain.organisation.queries import Member
from luotsi.domain.organisation.rules import Why
from luotsi.rooms.team.fields import DayField

_CHOOSE = {"invalid_choice": _("Choose from the list. Somebody may have changed unit meanwhile.")}


class AbsenceForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    staff = forms.ChoiceField(
        label=_("The colleague who is away"), error_messages={"required": _("Choose who is away."), **_CHOOSE}
    )
    begins_on = DayField(label=_("First day away"), error_messages={"required": _("Write the first day.")})
    ends_on = DayField(label=_("Last day away"), error_messages={"required": _("Write the last day.")})
    substitute = forms.ChoiceField(label=_("Who looks after the work"), required=False, error_messages=_CHOOSE)

    def __init__(self, members: Iterable[Member], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid4())
        super().__init__(*args, **kwargs)
        people = [(str(one.id), one.name) for one in members]
        self.fields["staff"].choices = [("", _("Choose")), *people]
        self.fields["substitute"].choices = [("", _("Whoever in the unit")), *people]

    def refuse(self, why: Why) -> None:
        """Say what is wrong where it can be mended."""
        field, words = _REFUSALS.get(why, ("staff", _("This cannot be marked. Check the days and try again.")))
        self.add_error(field, words)


_REFUSALS: dict[str, tuple[str, Any]] = {
    "backwards": ("ends_on", _("The last day is before the first one.")),
    "past": ("begins_on", _("The days have passed. An absence is marked for today or later, or from two months ago.")),
    "too_far": ("begins_on", _("The first day is more than a year away.")),
    "too_long": ("ends_on", _("An absence is marked for about a year at most. Mark the rest later.")),
    "away": ("begins_on", _("They are marked as away already on some of these days. End that one first.")),
    "own_substitute": ("substitute", _("Choose somebody else: nobody substitutes for themselves.")),
    "substitute_away": ("substitute", _("They are away themselves on some of these days. Choose somebody else.")),
}
