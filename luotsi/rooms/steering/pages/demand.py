"""Why people contact us: how much of it is failure demand, where, when and for what reason."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.base.now import today
from luotsi.rooms.page import page
from luotsi.rooms.steering.choices import own_units
from luotsi.rooms.steering.demand import Shown, shown


class UnitForm(forms.Form):
    """Which unit; the choice stands in the address, so it can be sent on."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(self, found: Shown) -> None:
        super().__init__(initial={"unit": found.unit})
        names = [(key, name.in_language(get_language() or "fi")) for key, name in found.units]
        self.fields["unit"].choices = [("", _("All units")), *names]


@page("demand.read")
def demand(request: HttpRequest) -> HttpResponse:
    """The figures of the county or of one unit. Whoever leads one unit begins with it."""
    found = shown(request.viewer, unit=_unit(request), today=today())
    return render(request, "steering/demand.html", {"shown": found, "filters": UnitForm(found)})


def _unit(request: HttpRequest) -> str:
    own = own_units(request.viewer, request.viewer.units)
    usual = next(iter(own)) if len(own) == 1 else ""
    return request.GET.get("unit", usual)
