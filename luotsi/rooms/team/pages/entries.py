"""The wellbeing tray: an organisation's worker keeps its services, the county's checker reads them first."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.catalogue.actions import entries as actions
from luotsi.domain.catalogue.queries import entries as queries
from luotsi.domain.catalogue.queries.entries import EntryView
from luotsi.domain.catalogue.rules.entries import NotPossible
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed, may
from luotsi.rooms.page import page
from luotsi.rooms.team import entrypage
from luotsi.rooms.team.entryforms import EntryForm, RemarkForm

ACTIONS: dict[str, Callable[..., Any]] = {
    "send": actions.send,
    "check": actions.check,
    "publish": actions.publish,
    "withdraw": actions.withdraw,
}


@page("entry.read")
def entries(request: HttpRequest) -> HttpResponse:
    """The services of one's organisation, or all of them for whoever checks; what waits for the reader first."""
    lines = [entrypage.line(one) for one in queries.entries(viewer=request.viewer, at=now())]
    checks = may(request.viewer, "entry.check")
    names = organisation.unit_names()
    context = {
        "lines": lines,
        "waits": entrypage.summary(lines, checks=checks),
        "checks": checks,
        "may_write": may(request.viewer, "entry.write"),
        "units": [names[unit] for unit in names if unit in request.viewer.units],
    }
    return render(request, "team/entries.html", context)


@page("entry.write", methods=("GET", "HEAD", "POST"))
def draft(request: HttpRequest) -> HttpResponse:
    """A new service, as a draft."""
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unit = next(iter(sorted(request.viewer.units)), "")
        told = {"key": form.cleaned_data["key"], "review_on": form.cleaned_data["review_on"]}
        made = actions.begin(unit=unit, content=form.content, by=request.viewer, at=now(), **told)
        messages.success(request, _("Saved as a draft. Nobody else reads it yet."))
        return redirect("entry", entry_id=made.id)
    return render(request, "team/entry_text.html", {"form": form}, status=422 if form.errors else 200)


@page("entry.read")
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One service whole: what is written, what it lacks, and the steps that may be taken now."""
    return _show(request, queries.entry(entry_id, viewer=request.viewer, at=now()))


@page("entry.write", methods=("GET", "HEAD", "POST"))
def text(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Write it anew. Residents go on reading what was published until the new text is."""
    found = queries.entry(entry_id, viewer=request.viewer, at=now())
    if "write" not in found.steps:
        raise NotAllowed("another organisation's service")
    if request.method != "POST":
        seen = {"review_on": found.review_on, "seen": found.written_at.isoformat()}
        return _show_text(request, found, EntryForm(initial=EntryForm.initial_of(found.content) | seen))
    form = EntryForm(request.POST)
    if not form.is_valid():
        return _show_text(request, found, form, status=422)
    try:
        actions.rewrite(
            entry=entry_id, content=form.content, review_on=form.cleaned_data["review_on"],
            seen=_moment(form.cleaned_data["seen"]) or found.written_at, by=request.viewer, at=now(),
        )  # fmt: skip
    except NotPossible:
        return _show_text(request, found, form, status=409, is_changed=True)
    messages.success(request, _("Saved as a draft. Send it to be checked when it is ready."))
    return redirect("entry", entry_id=entry_id)


@page("entry.read", methods=("GET", "HEAD", "POST"))
def steps(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Take one step with it. A plain visit to this address leads to the service."""
    found = queries.entry(entry_id, viewer=request.viewer, at=now())
    step = request.POST.get("step", "")
    if request.method != "POST" or step not in {*ACTIONS, "return"}:
        return redirect("entry", entry_id=entry_id)
    form = RemarkForm(request.POST) if step == "return" else None
    if form is not None and not form.is_valid():
        return _show(request, found, form=form, status=422)
    told: dict[str, Any] = {"entry": entry_id, "by": request.viewer, "at": now()}
    try:
        if form is not None:
            actions.give_back(remark=form.cleaned_data["remark"], **told)
        else:
            ACTIONS[step](**told)
    except NotPossible as refusal:
        return _show(request, found, form=form, status=422 if refusal.lacks else 409, is_refused=True)
    messages.success(request, _(entrypage.DONE[step]))
    return redirect("entry", entry_id=entry_id)


def _show(
    request: HttpRequest, found: EntryView, *, form: RemarkForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    if more.get("is_refused"):
        found = queries.entry(found.id, viewer=request.viewer, at=now())
    may_return = "return" in found.steps
    context = {**entrypage.told(found), "form": (form or RemarkForm()) if may_return else None, **more}
    return render(request, "team/entry.html", context, status=status)


def _show_text(
    request: HttpRequest, found: EntryView, form: EntryForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    return render(request, "team/entry_text.html", {**entrypage.line(found), "form": form, **more}, status=status)


def _moment(words: str) -> datetime | None:
    try:
        return datetime.fromisoformat(words)
    except ValueError:
        return None
