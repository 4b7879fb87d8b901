"""Which guides there are, and one with its versions: reading it through, a next version, taking it away."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.dates import add_months
from luotsi.base.now import now, today
from luotsi.domain.catalogue.actions import guides
from luotsi.domain.catalogue.actions.guides import CannotBeDone
from luotsi.domain.catalogue.queries import guides as queries
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import may
from luotsi.rooms.page import page
from luotsi.rooms.steering.forms.pages.listing import key_of
from luotsi.rooms.steering.guides import words

REVIEW_MONTHS = 12  # what is proposed as the next reading


@page("catalogue.read")
def listing(request: HttpRequest) -> HttpResponse:
    """Every guide, those to be read again first."""
    viewer = request.viewer  # type: ignore[attr-defined]
    rows = [(one, *_said(one.shown)) for one in queries.listed(viewer, today=today())]
    return render(request, "steering/guides.html", {"rows": rows, "may_edit": may(viewer, "guide.edit")})


@page("catalogue.read")
def history(request: HttpRequest, key: str) -> HttpResponse:
    """The guide, who keeps it, and every version that was read."""
    return shown(request, key)


def shown(request: HttpRequest, key: str, *, refused: str = "", status: int = 200) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    versions = queries.versions(viewer, key)
    in_force = next((one for one in versions if one.state == "published"), None)
    told: dict[str, Any] = {
        "versions": [(one, *_said(one)) for one in versions], "in_force": in_force, "newest": in_force or versions[0],
        "draft": next((one for one in versions if one.state == "draft"), None),
        "may_edit": may(viewer, "guide.edit"), "number": uuid4(), "refused": refused,
        "proposed": add_months(today(), REVIEW_MONTHS),
    }  # fmt: skip
    return render(request, "steering/guide.html", told, status=status)


@page("guide.edit", methods=["POST"])
def version(request: HttpRequest, key: str) -> HttpResponse:
    """A draft of the next version, as the newest stands or as an earlier one did."""
    said = request.POST.get("version", "")
    begin = int(said) if said.isascii() and said.isdigit() and len(said) < 7 else None
    try:
        row = guides.draft_next(key=key, id=key_of(request), version=begin, by=request.viewer, at=now())  # type: ignore[attr-defined]
    except CannotBeDone as refused:
        return shown(request, key, refused=words.impossible(refused.why), status=409)
    return redirect("guide-draft", row.id)


@page("guide.edit", methods=["POST"])
def review(request: HttpRequest, key: str) -> HttpResponse:
    """It was read through and is right."""
    queries.versions(request.viewer, key)  # type: ignore[attr-defined]
    try:
        again_on = date.fromisoformat(request.POST.get("again_on", ""))
    except ValueError:
        return shown(request, key, refused=words.impossible("review"), status=422)
    try:
        guides.review(key=key, again_on=again_on, by=request.viewer, at=now())  # type: ignore[attr-defined]
    except CannotBeDone as refused:
        return shown(request, key, refused=words.impossible(refused.why), status=409)
    messages.success(request, _("Thank you. The guide is read through again by the day that you chose."))
    return redirect("guide-history", key)


@page("guide.edit", methods=["POST"])
def ending(request: HttpRequest, key: str) -> HttpResponse:
    """It is shown to nobody any more."""
    queries.versions(request.viewer, key)  # type: ignore[attr-defined]
    try:
        guides.end(key=key, by=request.viewer, at=now())  # type: ignore[attr-defined]
    except CannotBeDone as refused:
        return shown(request, key, refused=words.impossible(refused.why), status=409)
    messages.success(request, _("The guide is taken away. Its versions stay here."))
    return redirect("guide-history", key)


def _said(one: queries.Version) -> tuple[str, str, Any]:
    """How it stands, in which colour, and who keeps it."""
    return words.states()[one.state], words.TONES[one.state], organisation.unit_names().get(one.text.owner)
