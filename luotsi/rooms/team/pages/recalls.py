"""Inviting a cohort to choose times: which, how far it is, what became of it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.bookings.actions import recalling
from luotsi.domain.bookings.definitions.recalls import cohorts, cohorts_of
from luotsi.domain.bookings.queries import recalls as queries
from luotsi.rooms.page import page
from luotsi.rooms.team import queuepage


@page("recall.make", methods=("GET", "HEAD", "POST"))
def recalls(request: HttpRequest) -> HttpResponse:
    """The unit's invitations; a POST begins to invite a cohort."""
    asked = queuepage.asked(request)
    offered = cohorts_of(asked.unit)
    if request.method == "POST":
        chosen = next((one for one in offered if one.key == request.POST.get("cohort")), None)
        try:
            key = UUID(request.POST.get("key", ""))
        except ValueError:
            chosen, key = None, uuid4()
        if chosen is None:
            return _show(request, asked, status=422, trouble=_("Choose whom to invite."))
        recalling.begin(key=key, cohort=chosen.key, unit=asked.unit, by=request.viewer, at=now())
        messages.success(request, _("The invitations are on their way. You can leave this page; it goes on by itself."))
        return redirect(asked.address("recalls"))
    return _show(request, asked)


@page("recall.make", methods=("POST",))
def ending(request: HttpRequest, recall_id: UUID) -> HttpResponse:
    """Invite nobody more."""
    recalling.stop(recall=recall_id, by=request.viewer, at=now())
    messages.success(request, _("Nobody more is invited, and the invitations that wait are taken back."))
    return redirect(queuepage.asked(request).address("recalls"))


def _show(request: HttpRequest, asked: queuepage.Asked, *, status: int = 200, **more: Any) -> HttpResponse:
    language = get_language()
    found = queries.recalls(viewer=request.viewer, unit=asked.unit)
    running = {one.cohort for one in found if not one.is_over}
    offered = [one for one in cohorts_of(asked.unit) if one.key not in running]
    known = cohorts()
    context = {
        "asked": asked,
        "units": queuepage.unit_choices(request),
        "choices": [(one.key, one.name.in_language(language), one.source) for one in offered],
        "lines": [(one, known[one.cohort].name if one.cohort in known else one.cohort) for one in found],
        "is_inviting": any(one.is_inviting for one in found),
        "key": uuid4(),
        "query": asked.address().partition("?")[2],
        **more,
    }
    return render(request, "team/recalls.html", context, status=status)
