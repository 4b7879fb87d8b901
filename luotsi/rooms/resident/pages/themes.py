"""The guided way for those who would rather choose than write: a theme of life, a need, and the services for it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.catalogue.definitions import Need, Theme
from luotsi.domain.organisation.definitions import municipality_names
from luotsi.rooms.page import page
from luotsi.rooms.resident.stops import days_for


@page("service.read")
def themes(request: HttpRequest) -> HttpResponse:
    """The first step: what it is about."""
    return render(request, "resident/themes.html", {"themes": catalogue.life_themes(get_language())})


@page("service.read")
def theme(request: HttpRequest, theme_key: str) -> HttpResponse:
    """The second step: what is needed."""
    found, _none = _found(theme_key)
    return render(request, "resident/theme.html", {"theme": found, "needs": found.needs})


class WhoForm(forms.Form):
    """Whom help is sought for and where they live; neither has to be told."""

    who = forms.ChoiceField(label=gettext_lazy("Whom is it for?"), required=False)
    municipality = forms.ChoiceField(label=gettext_lazy("Home municipality"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {code: name.in_language(get_language() or "fi") for code, name in municipality_names().items()}
        self.fields["who"].choices = [("", _("Whoever it is")), *_groups().items()]
        self.fields["municipality"].choices = [("", _("Whole county")), *names.items()]


@page("service.read")
def need(request: HttpRequest, theme_key: str, need_key: str) -> HttpResponse:
    """The third step: who for and where, if one likes, and the services. They stand there at once."""
    found, wanted = _found(theme_key, need_key)
    form = WhoForm(request.GET)
    form.is_valid()
    who, town = form.cleaned_data.get("who", ""), form.cleaned_data.get("municipality", "")
    led = catalogue.led_to(wanted, get_language(), municipality=town, group=who, at=now())
    context = {
        "theme": found, "need": wanted, "led": led, "filters": form, "municipality": town,
        "stops": days_for([one.key for one in led.services], at=now(), municipality=town),
    }  # fmt: skip
    return render(request, "resident/need.html", context)


def _found(theme_key: str, need_key: str = "") -> tuple[Theme, Any]:
    found: tuple[Theme, Need | None] | None = catalogue.theme_with(theme_key, need_key)
    if found is None:
        raise Http404
    return found


def _groups() -> dict[str, str]:
    """Whom one seeks help for, by the keys of the rule."""
    return {
        "child": _("A child under 13"),
        "young": _("A young person, 13 to 22"),
        "adult": _("An adult"),
        "older": _("Somebody over 65"),
    }
