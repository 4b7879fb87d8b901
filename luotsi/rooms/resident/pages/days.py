"""Granted days: what was granted and is left, wishing for days, and giving them up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.bookings.actions import days as actions
from luotsi.domain.bookings.definitions.days import sharing_rule
from luotsi.domain.bookings.queries.days import GrantView, WishView
from luotsi.domain.bookings.queries.places import houses
from luotsi.domain.bookings.rules.days import DaysRefused
from luotsi.domain.cases.queries.days import own_days
from luotsi.domain.organisation.rules import NotAllowed, may
from luotsi.rooms.page import page
from luotsi.rooms.resident import daywords
from luotsi.rooms.resident.dayforms import WishForm
from luotsi.rooms.resident.picker import hides_place


@page("matters.read")
def days(request: HttpRequest) -> HttpResponse:
    """Each decision with its days, what was wished for, and why it was or was not given."""
    found = own_days(viewer=request.viewer, on=today())
    lines = [
        {
            "grant": grant,
            "left": daywords.left_words(grant),
            "granted": daywords.granted_words(grant),
            "wishes": [daywords.wish_line(one) for one in grant.wishes if one.answer != "withdrawn" or one.days],
        }
        for grant in found
    ]
    context = {"lines": lines, "rule": sharing_rule(), "is_hidden": hides_place(request.viewer)}
    return render(request, "resident/days.html", {**context, "may_wish": may(request.viewer, "booking.make")})


@page("booking.make", methods=("GET", "HEAD", "POST"))
def wishes(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Wish for days. What cannot be is said where it can be mended, and nothing that was written is lost."""
    grant = _grant(request, grant_id)
    there = [] if hides_place(request.viewer) else houses(grant.kind.offerings)
    form = WishForm(grant, there, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.wish_for_days(grant=grant.id, by=request.viewer, at=now(), **form.told())
        except DaysRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The wish is sent. You get a message when places are shared out."))
            return redirect("own-days")
    context = {"grant": grant, "form": form, "left": daywords.left_words(grant), "rule": sharing_rule()}
    return render(request, "resident/day_wish.html", context, status=422 if form.errors else 200)


@page("booking.make", methods=("GET", "HEAD", "POST"))
def ending(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """Withdraw a wish, or give up the days that are ahead: first what it means, then the press."""
    wish = _wish(request, wish_id)
    if request.method != "POST":
        return render(request, "resident/day_ending.html", {"line": daywords.wish_line(wish)})
    try:
        actions.give_up_days(wish=wish.id, by=request.viewer, at=now())
    except DaysRefused as refusal:
        messages.warning(request, daywords.refusal_words(refusal.why))
    else:
        given = wish.answer == "given"
        messages.success(request, _("The days are given up.") if given else _("The wish is withdrawn."))
    return redirect("own-days")


def _grant(request: HttpRequest, grant: UUID) -> GrantView:
    found = next((one for one in own_days(viewer=request.viewer, on=today()) if one.id == grant), None)
    if found is None or found.is_over:
        raise NotAllowed("no such decision for this viewer")
    return found


def _wish(request: HttpRequest, wish: UUID) -> WishView:
    every = (one for grant in own_days(viewer=request.viewer, on=today()) for one in grant.wishes)
    found = next((one for one in every if one.id == wish), None)
    if found is None:
        raise NotAllowed("no such wish for this viewer")
    return found
