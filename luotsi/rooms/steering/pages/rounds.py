"""Rounds of answers: opened, shown with their link and printed code, invited to, closed."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.dates import start_of
from luotsi.base.now import now, today
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation import queries as workers
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.queries import rounds as gathered
from luotsi.domain.questionnaires.queries.rounds import Round
from luotsi.rooms.page import page
from luotsi.rooms.steering.roundforms import MODES, InvitationForm, RoundForm


@page("collection.open", methods=("GET", "HEAD", "POST"))
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of the reader's units, and the form that opens one."""
    form = RoundForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        opened = questionnaires.open_collection(
            questionnaire=given["questionnaire"], name=given["name"], mode=given["mode"], key=given["key"],
            unit=given["unit"], closes_at=_end_of(given["closes_on"]), by=request.viewer, at=now(),
        )  # fmt: skip
        messages.success(request, _("The round is open."))
        return redirect("round", opened.id)
    found = gathered.rounds(viewer=request.viewer, at=now())
    told = {"rounds": [_line(one) for one in found], "form": form}
    return render(request, "steering/rounds.html", told, status=422 if form.errors else 200)


@page("collection.open")
def one_round(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    """A round: how many have answered, its link, its printed code, and its end."""
    found = gathered.read_round(collection_id, viewer=request.viewer, at=now())
    return _show(request, found)


@page("collection.open", methods=("GET", "HEAD", "POST"))
def invitations(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    """Ask the workers of a unit to answer. Whoever was asked already is not asked again."""
    found = _own(request, collection_id)
    if request.method != "POST":
        return redirect("round", collection_id)
    form = InvitationForm(request.POST, viewer=request.viewer)
    if not form.is_valid() or found.mode != "invited" or found.state == "closed":
        return _show(request, found, form=form, status=422)
    unit, due = form.cleaned_data["unit"], _end_of(form.cleaned_data["due_on"])
    members = workers.members_of([unit], on=today())
    for member in members:
        questionnaires.invite(
            questionnaire=found.form.key, key=uuid5(collection_id, str(member.id)), collection=collection_id,
            staff=member.id, unit=unit, due_at=due, by=request.viewer, at=now(),
        )  # fmt: skip
    messages.success(request, _("%(count)d have been asked.") % {"count": len(members)})
    return redirect("round", collection_id)


@page("collection.open", methods=("GET", "HEAD", "POST"))
def closing(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    """End the round. What was gathered stays."""
    _own(request, collection_id)
    if request.method == "POST":
        questionnaires.close_collection(collection=collection_id, by=request.viewer, at=now())
        messages.success(request, _("The round has ended. What was answered stays."))
    return redirect("round", collection_id)


def _own(request: HttpRequest, collection_id: UUID) -> Round:
    found = gathered.read_round(collection_id, viewer=request.viewer, at=now())
    if not found.is_own:
        raise NotAllowed("somebody else's round")
    return found


def _show(request: HttpRequest, found: Round, *, form: InvitationForm | None = None, status: int = 200) -> HttpResponse:
    token = gathered.link_of(found) if found.is_own and found.mode != "invited" else ""
    told = _line(found) | {
        "token": token,
        "form": form or InvitationForm(viewer=request.viewer, unit=found.unit),
    }
    return render(request, "steering/round.html", told, status=status)


def _line(one: Round) -> dict[str, object]:
    units = organisation.unit_names()
    states = {"open": _("Open"), "closed": _("Ended"), "not_yet": _("Not open yet")}
    tones = {"open": "success", "closed": "neutral", "not_yet": "info"}
    return {
        "round": one, "unit": units.get(one.unit, ""), "mode": str(dict(MODES)[one.mode]),
        "state": states[one.state], "tone": tones[one.state],
    }  # fmt: skip


def _end_of(day: date | None) -> datetime | None:
    return start_of(day + timedelta(days=1)) if day else None
