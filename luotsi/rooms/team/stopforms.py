"""Planning a season of a vehicle's route, and counting those who came without a time."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from luotsi.base.now import today
from luotsi.domain.bookings.actions.driving import RouteRefused, Season
from luotsi.domain.bookings.actions.heads import MOST
from luotsi.domain.bookings.definitions import Workplace, vehicle_routes, vehicle_stops, vehicles
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation import queries
from luotsi.rooms.team.fields import DayField
from luotsi.ui.forms import NumberInput

_CHOOSE = {"required": gettext_lazy("Choose the route."), "invalid_choice": gettext_lazy("Choose from the list.")}


class SeasonForm(forms.Form):
    """Which route, from which day to which, and who works on board where the viewer's units have a room."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    route = forms.ChoiceField(label=gettext_lazy("Route"), error_messages=_CHOOSE)
    first = DayField(
        label=gettext_lazy("First day"),
        help_text=gettext_lazy("The first round is in the week of this day."),
        error_messages={"required": gettext_lazy("Write the first day.")},
    )
    last = DayField(
        label=gettext_lazy("Last day"), error_messages={"required": gettext_lazy("Write the last day.")}
    )  # fmt: skip

    def __init__(self, units: Collection[str], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4()})
        super().__init__(*args, **kwargs)
        self.places = workplaces(units)
        language = get_language() or "fi"
        routes = [(key, _route(key)) for key in vehicle_routes()]
        self.fields["route"].choices = [("", _("Choose")), *routes]
        for vehicle, place in self.places:
            name = f"{vehicles()[vehicle].name.in_language(language)}: {place.name.in_language(language)}"
            members = [("", _("Nobody on this route")), *_members(place)]
            self.fields[f"crew-{place.key}"] = forms.ChoiceField(
                label=name, required=False, choices=members, error_messages=_CHOOSE
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first one."))
        elif last and last < today():
            self.add_error("last", _("These days have passed."))
        if self.places and not self.crew(told):
            self.add_error(f"crew-{self.places[0][1].key}", _("Choose who works on board."))
        return told

    def crew(self, told: dict[str, Any]) -> dict[str, UUID]:
        chosen = {place.key: told.get(f"crew-{place.key}", "") for _, place in self.places}
        return {place: UUID(staff) for place, staff in chosen.items() if staff}

    def season(self) -> Season:
        told = self.cleaned_data
        return Season(told["route"], told["first"], told["last"], self.crew(told))

    def refuse(self, refusal: RouteRefused) -> None:
        """Say what is wrong where it can be mended, and at which stop."""
        field, words = _REFUSALS.get(refusal.why, ("route", _("The route cannot be driven so. Check the days.")))
        stop = vehicle_stops().get(refusal.stop)
        where = f" ({stop.name.in_language(get_language() or 'fi')})" if stop else ""
        self.add_error(field, f"{words}{where}")


class HeadsForm(forms.Form):
    """How many came without a time."""

    slot = forms.UUIDField(widget=forms.HiddenInput)
    people = forms.IntegerField(
        label=gettext_lazy("Came without a time"), min_value=0, max_value=MOST, widget=NumberInput(),
        error_messages={
            "required": gettext_lazy("Write how many came."), "invalid": gettext_lazy("Write the number in digits."),
        },
    )  # fmt: skip


def workplaces(units: Collection[str]) -> list[tuple[str, Workplace]]:
    """The rooms on board that are these units', with their vehicle."""
    return [(key, place) for key, one in vehicles().items() for place in one.workplaces if place.unit in units]


def _members(place: Workplace) -> Iterable[tuple[str, str]]:
    roles = organisation.roles()
    found = queries.members_of([place.unit], on=today())
    return [(str(one.id), one.name) for one in found if roles[one.role].profession == place.profession]


def _route(key: str) -> str:
    """The route with its villages."""
    route, language, stops = vehicle_routes()[key], get_language() or "fi", vehicle_stops()
    villages = ", ".join(stops[halt.stop].name.in_language(language) for halt in route.halts)
    return f"{route.name.in_language(language)}: {villages}"


_REFUSALS: dict[str, tuple[str, Any]] = {
    "backwards": ("last", gettext_lazy("The last day is before the first one.")),
    "past": ("last", gettext_lazy("These days have passed.")),
    "too_long": ("last", gettext_lazy("A plan lasts about a year at most. Make another one after it.")),
    "never": ("last", gettext_lazy("The vehicle would not stop there even once. Make the season longer.")),
    "overlaps": (
        "first",
        gettext_lazy("The worker has another plan at the same time. Choose somebody else."),
    ),
    "resource_in_use": ("first", gettext_lazy("The vehicle is on the road already on those days.")),
    "nobody": ("route", gettext_lazy("They do not work in this unit.")),
    "qualification": ("route", gettext_lazy("The worker is not qualified for it during the whole season.")),
}
