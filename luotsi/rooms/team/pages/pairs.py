"""Two records of one person: compared side by side, joined, and separated when that was a mistake."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import queries as cases
from luotsi.domain.people import actions as people
from luotsi.domain.people.queries import pairs as records
from luotsi.domain.people.rules import NotPossible
from luotsi.rooms.page import page
from luotsi.rooms.team import findings
from luotsi.rooms.team.pairlines import compared, side_of
from luotsi.rooms.team.personforms import PairForm, SeparationForm


@page("person.merge", methods=("GET", "HEAD", "POST"))
def pairs(request: HttpRequest) -> HttpResponse:
    """The two codes, and what was joined lately."""
    form = PairForm(request.POST if request.method == "POST" else None)
    found = _found(request, form) if form.is_valid() else {}
    if form.is_valid():
        return redirect("pair", findings.keep(request, **found))
    joined = [(side_of(one), side_of(other)) for one, other in records.joined_records(viewer=request.viewer)]
    status = 422 if form.is_bound else 200
    return render(request, "team/pairs.html", {"form": form, "joined": joined}, status=status)


@page("person.merge", methods=("GET", "HEAD", "POST"))
def pair(request: HttpRequest, handle: UUID) -> HttpResponse:
    """The records side by side; a POST joins them."""
    kept = findings.residents(request, handle) or {}
    if len(kept) < 2:
        messages.info(request, _("Search again: what you found earlier is no longer kept."))
        return redirect("pairs")
    ids = [kept["temporary"], kept["real"]]
    if request.method == "POST":
        return _join(request, handle, ids)
    return _show(request, handle, ids)


@page("person.merge", methods=("GET", "HEAD", "POST"))
def separation(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Undo a joining, with the reason."""
    record = records.read_records([record_id], viewer=request.viewer)[0]
    if record.joined_into is None:
        raise Http404
    form = SeparationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        real = records.read_records([record.joined_into], viewer=request.viewer)[0]
        context = {"form": form, "record": side_of(record), "real": side_of(real)}
        return render(request, "team/separation.html", context, status=422 if form.is_bound else 200)
    people.separate(temporary=record_id, reason=form.cleaned_data["reason"], by=request.viewer, at=now())
    messages.success(request, _("The records are two again. Each keeps what was written under it."))
    return redirect("pairs")


def _found(request: HttpRequest, form: PairForm) -> dict[str, UUID | None]:
    """The records behind the two codes. What does not fit is said by its field."""
    found = {
        name: records.find_record(form.cleaned_data[name], viewer=request.viewer) for name in ("temporary", "real")
    }
    for name in [name for name, record in found.items() if record is None]:
        form.add_error(name, _("Nobody with this code is registered with us."))
    if found["temporary"] and found["temporary"] == found["real"]:
        form.add_error("real", _("Both codes are of the same record. Write two different ones."))
    return found


def _join(request: HttpRequest, handle: UUID, ids: list[UUID]) -> HttpResponse:
    try:
        people.join(temporary=ids[0], real=ids[1], by=request.viewer, at=now())
    except NotPossible:
        return _show(request, handle, ids, status=409)
    messages.success(request, _("The records are joined: both stand for the same person from now on."))
    return redirect("pairs")


def _show(request: HttpRequest, handle: UUID, ids: list[UUID], **answer: Any) -> HttpResponse:
    sides = records.read_records(ids, viewer=request.viewer)
    context = compared(sides, cases.count_matters(ids, viewer=request.viewer))
    return render(request, "team/pair.html", {**context, "handle": handle}, **answer)
