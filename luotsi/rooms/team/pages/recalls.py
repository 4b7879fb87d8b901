"""Inviting a cohort to choose times: which, how far it is, what became of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.bookings.actions import recalling
from luotsi.domain.bookings.definitions.recalls import cohorts, cohorts_of
from luotsi.domain.bookings.queries import recalls as queries
from luotsi.rooms.page import page
from luotsi.rooms.team import queuepage
from luotsi.rooms.team.queueforms import RecallForm


@page("recall.make", methods=("GET", "HEAD", "POST"))
def recalls(request: HttpRequest) -> HttpResponse:
    """The unit's invitations; a POST begins to invite a cohort."""
    asked = queuepage.asked(request)
    form = RecallForm(cohorts_of(asked.unit), data=request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, asked, form)
    told = form.cleaned_data
    recalling.begin(key=told["key"], cohort=told["cohort"], unit=asked.unit, by=request.viewer, at=now())
    messages.success(request, _("The invitations are on their way. You can leave this page; it goes on by itself."))
    return redirect(asked.address("recalls"))


@page("recall.make", methods=("POST",))
def ending(request: HttpRequest, recall_id: UUID) -> HttpResponse:
    """Invite nobody more."""
    recalling.stop(recall=recall_id, by=request.viewer, at=now())
    messages.success(request, _("Nobody more is invited, and the invitations that wait are taken back."))
    return redirect(queuepage.asked(request).address("recalls"))


def _show(request: HttpRequest, asked: queuepage.Asked, form: RecallForm) -> HttpResponse:
    """What is being invited now is not offered a second time."""
    found = queries.recalls(viewer=request.viewer, unit=asked.unit)
    running = {one.cohort for one in found if not one.is_over}
    form.fields["cohort"].choices = [one for one in form.fields["cohort"].choices if one[0] not in running]
    known = cohorts()
    context = {
        "asked": asked,
        "units": queuepage.unit_choices(request),
        "form": form,
        "lines": [(one, known[one.cohort].name if one.cohort in known else one.cohort) for one in found],
        "is_inviting": any(one.is_inviting for one in found),
        "query": asked.address().partition("?")[2],
    }
    return render(request, "team/recalls.html", context, status=422 if form.errors else 200)
