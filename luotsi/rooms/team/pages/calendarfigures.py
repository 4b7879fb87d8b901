"""How a unit's times are used, with what each figure counts."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.queries import figures as figures_of
from luotsi.domain.bookings.queries.figures import Third
from luotsi.rooms.page import page
from luotsi.rooms.team import calendarpage
from luotsi.rooms.team.visitwords import no_show_reasons
from luotsi.rooms.team.words import mode_words, profession_words
from luotsi.ui.words import day

WEEKS = (4, 13, 26, 52)


@page("calendar.read")
def figures(request: HttpRequest) -> HttpResponse:
    """Of the last weeks until yesterday; the third free time as of now."""
    asked = calendarpage.asked(request)
    weeks = next((one for one in WEEKS if str(one) == request.GET.get("weeks")), WEEKS[0])
    last = today() - timedelta(days=1)
    first = last - timedelta(days=7 * weeks - 1)
    told = figures_of.figures(viewer=request.viewer, unit=asked.unit, first=first, last=last, at=now())
    reasons = dict(no_show_reasons())
    context: dict[str, Any] = {
        **calendarpage.around(request, asked, "calendar-figures"),
        "told": told,
        "weeks": weeks,
        "choices": [(one, _("%(weeks)d weeks") % {"weeks": one}) for one in WEEKS],
        "first": first,
        "last": last,
        "use": [[profession_words(key), one.places, one.taken, _share(one.share)] for key, one in told.use],
        "use_head": [_("Profession"), _("Places"), _("Booked"), pgettext("figures", "Share")],
        "why": [[reasons.get(key, key), count] for key, count in told.came.reasons],
        "why_head": [_("Why they did not come"), pgettext("figures", "How many")],
        "third": [[_what(one), day(one.day) if one.day else "–", _days(one), one.free] for one in told.third],
        "third_head": [_("What"), _("Third free time"), _("Days from today"), _("Free times ahead")],
    }
    return render(request, "team/calendar_figures.html", context)


def _what(one: Third) -> str:
    known = offerings().get(one.what)
    name = known.name.in_language(get_language()) if known else profession_words(one.profession)
    return f"{name}, {mode_words(one.mode)}"


def _days(one: Third) -> Any:
    return one.days if one.days is not None else _("fewer than three are free")


def _share(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share)} %"
