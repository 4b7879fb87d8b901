"""The referral book: what came to us, what we sent, and one thread with the steps that may be taken."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.bookings.actions import SlotTaken
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions import referrals as threads
from luotsi.domain.cases.queries import referrals as book
from luotsi.domain.cases.queries.consultations import times_with_questions
from luotsi.domain.cases.rules import NotPossible
from luotsi.domain.cases.rules.referral import NoConsent
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.page import page
from luotsi.rooms.team import referralwords as words
from luotsi.rooms.team.desk import keep_of_thread
from luotsi.rooms.team.referralforms import StepForm
from luotsi.rooms.team.referralpage import about, entries_of, forms_of, is_changed, line_of, seen, thread_of, times_of

ACTIONS: dict[str, Callable[..., Any]] = {
    "received": threads.receive,
    "accepted": threads.accept,
    "on_hold": threads.hold,
    "returned": threads.return_to_sender,
    "answered": threads.answer,
    "done": threads.finish,
    "withdrawn": threads.withdraw,
    "message": threads.write,
    "time_chosen": threads.choose_time,
}


@page("referral.read")
def referrals(request: HttpRequest) -> HttpResponse:
    """The threads of one's units, what is due first on top. A refresh by htmx answers the list alone."""
    asked = request.GET.get("view", "")
    view: book.View = asked if asked in book.VIEWS else _first_view(request)  # type: ignore[assignment]
    counts = book.count_referrals(viewer=request.viewer)
    address = reverse("referrals")
    names = organisation.unit_names()
    context = {
        "view": view,
        "address": f"{address}?view={view}",
        "tabs": [
            (name, f"{address}?view={key}", key == view, counts[key])
            for key, name in zip(book.VIEWS, words.view_names(), strict=True)
        ],
        "lines": [line_of(row) for row in book.referrals(viewer=request.viewer, view=view)],
        "times": times_with_questions(viewer=request.viewer, after=now()) if view == "received" else [],
        "unit_names": [names[unit].in_language(get_language()) for unit in names if unit in request.viewer.units],
    }
    return render(request, "team/referrals.html#list" if request.htmx else "team/referrals.html", context)


@page("referral.read")
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One thread whole. A page that is open asks by htmx whether something happened since, and is told in one line."""
    if request.htmx:
        length = book.length_of_thread(referral_id, viewer=request.viewer)
        if request.headers.get("X-Seen") == str(length):
            return HttpResponse(status=204)
        return render(request, "team/referral.html#news", {"id": referral_id, "updated_at": now()})
    return _show(request, book.read_referral(referral_id, viewer=request.viewer))


@page("referral.write", methods=("GET", "HEAD", "POST"))
def entries(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take one step. A plain visit to this address leads to the thread."""
    found = book.read_referral(referral_id, viewer=request.viewer)
    step = request.POST.get("step", "")
    if request.method != "POST" or step not in ACTIONS:
        return redirect("referral", referral_id=referral_id)
    form = StepForm(step, found.row.route, get_language(), request.POST, times=times_of(found))
    if is_changed(request, found):
        return _show_changed(request, found.id, form)
    if not form.is_valid():
        return _show(request, found, status=422, bound={step: form})
    try:
        row = ACTIONS[step](referral=referral_id, by=request.viewer, at=now(), **form.told)
    except NoConsent:
        form.add_error(None, _("The resident no longer allows this: nothing more of theirs is sent."))
        return _show(request, found, status=422, bound={step: form})
    except (NotPossible, SlotTaken):
        return _show_changed(request, found.id, form)
    cases.forget_thread_draft(referral=referral_id, step=step, by=request.viewer)
    messages.success(request, words.done_words(step, opened=row.opened_id is not None))
    return redirect("referral", referral_id=referral_id)


def _show_changed(request: HttpRequest, referral: UUID, form: StepForm) -> HttpResponse:
    """The thread as it stands now and what was written meanwhile; what was typed is in its form while it has one."""
    keep_of_thread(request, referral, form.kind)
    found = book.read_referral(referral, viewer=request.viewer)
    number = seen(request)
    news = entries_of(found)[number:] if number is not None else []
    again = StepForm(form.kind, found.row.route, get_language(), request.POST, times=times_of(found))
    bound = {form.kind: again} if form.kind in found.steps else {}
    return _show(request, found, status=409, bound=bound, is_conflict=True, typed=form.typed, meanwhile=news)


def _first_view(request: HttpRequest) -> book.View:
    """What came to us, unless nothing did and we sent something."""
    counts = book.count_referrals(viewer=request.viewer)
    return "sent" if not counts["received"] and counts["sent"] else "received"


def _show(
    request: HttpRequest, found: book.ReferralView, *, status: int = 200, bound: Any = None, **more: Any
) -> HttpResponse:
    context = {
        **thread_of(found),
        "length": book.length_of_thread(found.id, viewer=request.viewer),
        "person": found.person,
        "about": about(found),
        "steps": forms_of(found, request.viewer, bound),
        "open_step": next(iter(bound or ()), ""),
        "earlier": [line_of(row) for row in found.earlier],
        "later": [line_of(row) for row in found.later],
        "back_address": f"{reverse('referrals')}?view={'received' if found.row.is_received else 'sent'}",
        "follows_id": str(found.id),
        "may_send_again": found.is_sender and found.case and found.row.state == "returned" and not found.later,
        "book_title": _("Referrals"),
        **more,
    }
    return render(request, "team/referral.html", context, status=status)
