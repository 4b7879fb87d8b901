"""A new group: the plan's form, with places, how few it is held with, and by when that is decided."""

from collections.abc import Iterable
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luotsi.base.now import today
from luotsi.domain.bookings.actions.grouping import Wanted
from luotsi.domain.bookings.actions.heads import MOST
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.queries.things import Thing
from luotsi.domain.bookings.rules.groups import GroupRefused, usual_day
from luotsi.domain.bookings.rules.groups import Why as GroupWhy
from luotsi.domain.bookings.rules.plans import Draft
from luotsi.domain.organisation.queries import Member
from luotsi.rooms.team.calendarforms import PlanForm
from luotsi.rooms.team.fields import DayField
from luotsi.ui.forms import NumberInput, ShortText

CALL_OFF_REASONS = [
    ("leader_away", _("The leader cannot come")), ("too_few", _("Too few have signed up")),
    ("other", _("Another reason")),
]  # fmt: skip
MEETING_OFF_REASONS = [
    ("away", _("The leader cannot come")), ("shut", _("The place is shut")), ("other", _("Another reason")),
]  # fmt: skip


class GroupForm(PlanForm):
    """Which group, who leads it, when it meets, and for how many."""

    name = forms.CharField(
        label=_("What tells it from other groups"), required=False, max_length=60, widget=ShortText(),
        help_text=_("For example: autumn, Wednesdays. Residents read this. Never a person's name or matter."),
    )  # fmt: skip
    places = forms.IntegerField(
        label=pgettext_lazy("group", "Places"), min_value=1, max_value=200, widget=NumberInput(),
        error_messages={"required": _("Write how many can come.")},
    )  # fmt: skip
    fewest = forms.IntegerField(
        label=_("Held with at least"), min_value=1, max_value=200, widget=NumberInput(), required=False,
        help_text=_("With fewer it is called off by itself, and everybody who signed up is told."),
    )  # fmt: skip
    decide_by = DayField(
        label=_("Decided on"), required=False,
        help_text=_("Empty: a week before the first meeting. It is decided at nine in the morning."),
    )  # fmt: skip
    field_order = (
        "key", "offering", "name", "staff", "weekdays", "every", "begins", "ends", "valid_from", "valid_to", "places",
        "fewest", "decide_by", "things",
    )  # fmt: skip

    def __init__(
        self, members: Iterable[Member], offered: Iterable[Offering], rooms: Iterable[Thing], *args: Any, **kwargs: Any
    ) -> None:
        known = list(offered)
        first = today() + timedelta(days=14)
        usual = {"key": uuid4(), "begins": time(14), "ends": time(15, 30), "valid_from": first}
        if known:
            usual |= {"places": known[0].places, "fewest": known[0].fewest, "offering": known[0].key}
        kwargs.setdefault("initial", usual)
        super().__init__(members, known, rooms, *args, **kwargs)
        people = [("", _("Choose")), *((str(one.id), one.name) for one in members)]
        self.fields["staff"].label, self.fields["staff"].choices = _("Leader"), people
        offering = self.fields["offering"]
        offering.label, offering.required = _("Which group"), True
        offering.choices = [(one.key, one.name.in_language(get_language())) for one in known]
        offering.error_messages["required"] = _("Choose which group.")
        for name in ("slot_minutes", "buffer_minutes"):
            del self.fields[name]

    def draft(self) -> Draft:
        told = self.cleaned_data
        return Draft(
            recurrence=f"FREQ=WEEKLY;INTERVAL={told['every']};BYDAY={','.join(told['weekdays'])}",
            begins=told["begins"], ends=told["ends"], valid_from=told["valid_from"], valid_to=told["valid_to"],
            slot_minutes=1,  # a meeting is as long as it is from its beginning to its end
        )  # fmt: skip

    def wanted(self) -> Wanted:
        """One to which people just come is held whoever comes: nothing is decided about it."""
        told = self.cleaned_data
        if offerings()[told["offering"]].drop_in:
            return Wanted(told["offering"], told["name"])
        usual = max(usual_day(told["valid_from"]), today() + timedelta(days=1))
        return Wanted(told["offering"], told["name"], told["fewest"] or 1, told["decide_by"] or usual)

    def refuse_group(self, refusal: GroupRefused) -> None:
        """Say what is wrong where it can be mended."""
        self.add_error(*_REFUSALS[refusal.why])


class HeadsForm(forms.Form):
    heads = forms.IntegerField(
        label=_("Others who came, without a name"), min_value=0, max_value=MOST, required=False, widget=NumberInput(),
        help_text=_("Those without a place in the group. Those below are counted by their marks."),
        error_messages={
            "invalid": _("Write a number."), "min_value": _("Write a number."), "max_value": _("That is too many."),
        },
    )  # fmt: skip


class CallOffForm(forms.Form):
    reason = forms.ChoiceField(
        label=pgettext_lazy("group", "Why"), choices=CALL_OFF_REASONS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason."), "invalid_choice": _("Choose the reason.")},
    )  # fmt: skip


class MeetingOffForm(forms.Form):
    """Why one meeting is not held: a word of the calendar's closings."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=pgettext_lazy("group", "Why"), choices=MEETING_OFF_REASONS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason."), "invalid_choice": _("Choose the reason.")},
    )  # fmt: skip


_REFUSALS: dict[GroupWhy, tuple[str, Any]] = {
    "no_meetings": ("weekdays", _("No meeting fits: the leader has other times then, or the days are holidays.")),
    "too_late": (
        "decide_by",
        _("It is decided before the day of the first meeting, at a moment that is still to come."),
    ),
    "too_few_places": ("fewest", _("It cannot need more people than it has places.")),
    "not_a_group": ("offering", _("Choose which group.")),
    "nobody_leads": ("staff", _("Choose who leads it.")),
}
