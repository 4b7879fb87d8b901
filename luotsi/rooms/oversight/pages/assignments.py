"""Who has which role where: the list of workers, one worker, one assignment."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.base.now import today
from luotsi.domain.organisation import definitions, queries
from luotsi.domain.organisation.queries import Listed, Story
from luotsi.domain.organisation.rules import NotPossible, may
from luotsi.rooms.oversight import choices, words
from luotsi.rooms.oversight.forms import NarrowingForm, ReasonForm
from luotsi.rooms.oversight.frame import show
from luotsi.rooms.oversight.lines import line_of, steps_of
from luotsi.rooms.page import page

PAGE_SIZE = 50


@page("assignment.read", methods=("GET", "HEAD", "POST"))
def assignments(request: HttpRequest) -> HttpResponse:
    """The list; a POST narrows it."""
    if request.method == "POST":
        return _narrowed(request)
    wanted = choices.asked(request)
    choices.keep(request, wanted)
    rows = queries.listed(
        viewer=request.viewer, on=today(), words=wanted.words, unit=wanted.unit, role=wanted.role, sort=wanted.sort
    )
    shown = Paginator(_in_view(rows, wanted.view), PAGE_SIZE).get_page(wanted.page)
    may_propose = may(request.viewer, "assignment.propose")
    return show(request, "assignments.html", {**_context(wanted, rows, shown), "may_propose": may_propose})


@page("assignment.read")
def worker(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """What one worker has now, and what they had."""
    found = queries.worker(viewer=request.viewer, staff=staff_id, on=today())
    earlier = Paginator(found.earlier, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "worker": found,
        "now": [(line_of(one.given), steps_of(one), one) for one in found.now],
        "page": earlier,
        "earlier": [(line_of(one.given), steps_of(one), one) for one in earlier],
        "may_propose": may(request.viewer, "assignment.propose") and not found.left_on,
        "may_end": may(request.viewer, "assignment.end"),
    }
    return show(request, "worker.html", context)


@page("assignment.read")
def assignment(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """One assignment; to a second person the question whether it is confirmed."""
    found = queries.story(viewer=request.viewer, assignment=assignment_id, on=today())
    return show_assignment(request, found)


def show_assignment(
    request: HttpRequest, found: Story, *, refused: str = "", form: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    """`refused`: why what was just tried could not be done."""
    is_waiting = found.given.state == "waiting"
    role = definitions.roles().get(found.given.role)
    context = {
        "it": found,
        "line": line_of(found.given),
        "steps": steps_of(found),
        "is_waiting": is_waiting,
        "may_answer": is_waiting and found.given.why_not is None and may(request.viewer, "assignment.confirm"),
        "why_not": words.why_words(found.given.why_not) if is_waiting and found.given.why_not else "",
        "may_end": found.can_end and may(request.viewer, "assignment.end"),
        "opens_records": bool(role and role.grounds),
        "register": words.register_words(found.given.unit),
        "form": form or ReasonForm(_("Why you decline")),
        "refused": refused,
    }
    return show(request, "assignment.html", context, status=status)


def show_refused(request: HttpRequest, assignment_id: UUID, refusal: NotPossible) -> HttpResponse:
    """The assignment as it stands by now, with why what was just tried could not be done."""
    found = queries.story(viewer=request.viewer, assignment=assignment_id, on=today())  # type: ignore[attr-defined]
    return show_assignment(request, found, refused=words.why_words(refusal.why), status=409)


def _narrowed(request: HttpRequest) -> HttpResponse:
    """Keep the words, unit and role and show the list again; "clear" forgets them."""
    form = NarrowingForm({} if "clear" in request.POST else request.POST)
    form.is_valid()  # what cannot be used is left out; a list is never an error
    choices.narrow(request, **{name: form.cleaned_data.get(name, "") for name in ("unit", "role", "words")})
    return redirect("assignments")


def _in_view(rows: list[Listed], view: str) -> list[Listed]:
    tests = {
        "all": lambda row: bool(row.given),
        "waiting": lambda row: row.is_waiting,
        "ending": lambda row: row.ends_soon,
        "none": lambda row: not row.given,
    }
    return [row for row in rows if tests[view](row)]


def _context(wanted: choices.ListChoices, rows: list[Listed], shown: Page) -> dict[str, Any]:
    names = {
        "all": pgettext("workers", "With a role"),
        "waiting": _("Waits for a second person"),
        "ending": _("Ends within %(days)d days") % {"days": definitions.county().grants.ends_soon_days},
        "none": pgettext("workers", "Without a role"),
    }
    return {
        "choices": wanted,
        "tabs": [
            (name, wanted.address(view=view, page="1"), view == wanted.view, len(_in_view(rows, view)))
            for view, name in names.items()
        ],
        "page": shown,
        "rows": [(row, [line_of(one) for one in row.given]) for row in shown],
        "filters": NarrowingForm(initial={"unit": wanted.unit, "role": wanted.role, "words": wanted.words}),
    }
