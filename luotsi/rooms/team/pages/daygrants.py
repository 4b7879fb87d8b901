"""The days that the decision of a matter grants, and what its family wishes for by phone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.bookings.actions import days as bookings
from luotsi.domain.bookings.queries.days import GrantView
from luotsi.domain.bookings.queries.places import houses
from luotsi.domain.bookings.rules.days import DaysRefused
from luotsi.domain.cases import rules
from luotsi.domain.cases.actions import days as actions
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries.days import days_in, may_grant
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.rooms.page import page
from luotsi.rooms.team import placepage
from luotsi.rooms.team.casepage import crumb_of, opened
from luotsi.rooms.team.placeforms import GrantForm, WishForm


@page("days.decide", methods=("GET", "HEAD", "POST"))
def days(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the matter's decisions grant; a POST writes down one more."""
    case = opened(request, case_id)
    form = GrantForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("key", "kind", "days", "first", "last", "has_transport")}
        try:
            actions.grant_days(case=case.id, by=request.viewer, at=now(), **told)
        except DaysRefused as refusal:
            form.refuse(refusal)
        except rules.NotPossible:
            form.add_error(None, _("No decision of this matter grants a service. Write the decision first."))
        else:
            messages.success(request, _("The days are written down. The family can now send its wishes."))
            return redirect("case-days", case_id=case.id)
    return _show(request, case, form=form, status=422 if form.errors else 200)


@page("days.decide", methods=("POST",))
def ending(request: HttpRequest, case_id: UUID, grant_id: UUID) -> HttpResponse:
    """The decision ends today."""
    case = opened(request, case_id)
    bookings.end_grant(grant=_grant(request, case, grant_id).id, by=request.viewer, at=now())
    messages.success(request, _("The decision has ended. Days that were given stay."))
    return redirect("case-days", case_id=case.id)


@page("days.decide", methods=("GET", "HEAD", "POST"))
def wishes(request: HttpRequest, case_id: UUID, grant_id: UUID) -> HttpResponse:
    """A wish that the family tells by phone."""
    case = opened(request, case_id)
    grant = _grant(request, case, grant_id)
    form = WishForm(grant, houses(grant.kind.offerings), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            bookings.wish_for_days(grant=grant.id, by=request.viewer, at=now(), **form.told())
        except DaysRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The wish is written down."))
            return redirect("case-days", case_id=case.id)
    context = {"case": case, "crumb_of_case": crumb_of(case), "line": placepage.grant_line(grant), "form": form}
    return render(request, "team/case_day_wish.html", context, status=422 if form.errors else 200)


def _grant(request: HttpRequest, case: CaseView, grant: UUID) -> GrantView:
    found = next((one for one in days_in(case, viewer=request.viewer, on=today()) if one.id == grant), None)
    if found is None:
        raise NotAllowed("no such decision in this matter")
    return found


def _show(request: HttpRequest, case: CaseView, *, form: GrantForm, status: int = 200) -> HttpResponse:
    lines = [placepage.grant_line(one) for one in days_in(case, viewer=request.viewer, on=today())]
    context = {
        "case": case, "crumb_of_case": crumb_of(case), "lines": lines, "form": form,
        "may_grant": may_grant(case, request.viewer),
    }  # fmt: skip
    return render(request, "team/case_days.html", context, status=status)
