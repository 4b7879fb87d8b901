"""The queue register of a unit, asking who waits still, and putting somebody in a queue from their matter."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.dates import start_of
from luotsi.base.now import now
from luotsi.domain.bookings.actions import clearing, waiting
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.queries import register
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.cases.definitions import urgencies
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.organisation.rules import may
from luotsi.rooms.page import page
from luotsi.rooms.team import queuepage
from luotsi.rooms.team.casepage import done, opened, told
from luotsi.rooms.team.queueforms import AskingForm, WaitingForm

_ALONE = {"visit", "phone", "remote", "home"}  # what one waits for as one; a group has its own list


@page("queue.read")
def queue(request: HttpRequest) -> HttpResponse:
    """Everybody who waits for a time in the unit, in the order chosen."""
    return _show(request, queuepage.asked(request), AskingForm())


@page("queue.read")
def table(request: HttpRequest) -> HttpResponse:
    """The same for a spreadsheet, without names."""
    asked, at = queuepage.asked(request), now()
    found = register.queue(
        viewer=request.viewer, unit=asked.unit, at=at, offering=asked.offering, sort=asked.sort, names=False
    )
    headers = {"Content-Disposition": 'attachment; filename="queue.csv"'}
    return HttpResponse(queuepage.as_csv(found, at), content_type="text/csv; charset=utf-8", headers=headers)


@page("queue.clear", methods=("POST",))
def question(request: HttpRequest) -> HttpResponse:
    """Ask those who have waited long whether they need the time still."""
    asked, form = queuepage.asked(request), AskingForm(request.POST)
    if not form.is_valid():
        return _show(request, asked, form, status=422)
    waited = timedelta(days=form.cleaned_data["days"])
    number = clearing.ask(unit=asked.unit, offering=asked.offering, waited=waited, by=request.viewer, at=now())
    if number:
        said = ngettext("%(count)d person was asked.", "%(count)d people were asked.", number)
        messages.success(request, said % {"count": number})
    else:
        messages.info(request, _("Nobody was asked: nobody has waited so long, or they were asked lately."))
    return redirect(asked.address())


@page("queue.clear", methods=("POST",))
def decision(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One who did not answer waits on, or no longer. A worker decides it."""
    said = request.POST.get("decision")
    if said not in {"keep", "end"}:
        return render(request, "errors/400.html", status=400)
    try:
        clearing.decide(entry=entry_id, keeps=said == "keep", by=request.viewer, at=now())
    except NotPossible:
        messages.warning(request, _("The person can still answer. Below you see how it stands."))
    else:
        messages.success(request, _("They wait on.") if said == "keep" else _("They are no longer in the queue."))
    return redirect(queuepage.asked(request).address())


@page("booking.offer", methods=("GET", "HEAD", "POST"))
def waiting_of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put whoever has the matter in a queue. The limit comes from the matter's clock."""
    case = opened(request, case_id)
    offered = _offered(case)
    form = WaitingForm(offered, urgency=_urgency(case), data=request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {**told(request, case), "form": form, "offered": offered, "due": _due(case)}
        return render(request, "team/case_waiting.html", context, status=422 if form.errors else 200)
    given, due = form.cleaned_data, _due(case)
    waiting.join(
        resident=case.person.id, offering=given["offering"], key=given["key"], by=request.viewer, at=now(),
        units=given["units"], subject=case.id, why=given["why"], urgency=given["urgency"],
        due_at=start_of(due + timedelta(days=1)) if due else None,
    )  # fmt: skip
    return done(request, case_id, _("They are in the queue. A freed time is offered to them when it is their turn."))


def _show(request: HttpRequest, asked: queuepage.Asked, form: AskingForm, *, status: int = 200) -> HttpResponse:
    viewer, at = request.viewer, now()
    found = register.queue(viewer=viewer, unit=asked.unit, at=at, offering=asked.offering, sort=asked.sort)
    context = {
        "asked": asked,
        "units": queuepage.unit_choices(request),
        "offerings": queuepage.offering_choices(register.offerings_waited_for(viewer=viewer, unit=asked.unit)),
        "sorts": queuepage.sort_choices(),
        "lines": [queuepage.line(one, at) for one in found],
        "overdue": sum(one.is_overdue(at) for one in found),
        "silent": sum(one.standing == "silent" for one in found),
        "may_clear": may(viewer, "queue.clear"),
        "recalls_url": asked.address("recalls") if may(viewer, "recall.make") else "",
        "form": form,
        "file_url": asked.address("queue-table"),
        "query": asked.address().partition("?")[2],
    }
    return render(request, "team/queue.html", context, status=status)


def _offered(case: CaseView) -> list[Offering]:
    """What can be waited for in the matter: given by its professions, in its register's units, for one person."""
    found = [
        one for one in offerings().values() if one.mode in _ALONE and set(one.professions) & set(case.kind.professions)
    ]
    return sorted(found, key=lambda one: (case.unit not in one.units, one.service != case.service))


def _urgency(case: CaseView) -> str:
    """As last judged; an emergency waits in no queue."""
    judged = next((one.urgency for one in reversed(case.judgements) if one.urgency), "")
    return judged if judged in urgencies() and not urgencies()[judged].is_emergency else "weeks"


def _due(case: CaseView) -> Any:
    return case.care_due.due if case.care_due and case.care_due.is_running else None
