"""What stands around the forms of a case: in whose hands it is, who else is here, and what was half written."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases import queries
from luotsi.domain.cases.queries import CaseView, Written
from luotsi.domain.cases.rules import NotPossible
from luotsi.domain.organisation.rules import may
from luotsi.rooms.team.lines import mark_of

# What a form carries for the machine: nobody's writing, and made anew with each page.
MACHINES = {"csrfmiddlewaretoken", "key", "after", "story", "draft", "then", "booking", "restored"}
# Which step of the page holds the form, where it does not stand open by itself.
_STEPS = {"assess": "assess", "visit": "record_visit", "closure": "close"}

View = Callable[..., HttpResponse]


def told(request: HttpRequest, case: CaseView) -> dict[str, Any]:
    """For the case's page: who has it, and whether it may be handed over."""
    hands = queries.hands_of(case.id, viewer=request.viewer)
    is_at_work = may(request.viewer, "case.hand_over") and case.unit in request.viewer.units
    return {
        "hands": hands,
        "is_mine": hands.staff == request.viewer.id,
        "mark": mark_of(case.id, hands.staff),
        "may_hand_over": is_at_work and case.closed_at is None,
    }


def restored(request: HttpRequest, case: CaseView, context: dict[str, Any]) -> dict[str, Any]:
    """Put what was half written back into the forms that are empty; answers what the page says of it."""
    drafts = queries.drafts_of(case.id, viewer=request.viewer)
    notes = {}
    for name in _STEPS:
        form = context.get(f"{name}_form")
        draft = drafts.get(getattr(form, "draft", name))
        if draft and isinstance(form, Form) and not form.is_bound and _fill(form, draft):
            notes[name] = draft.saved_at
    opened = next((_STEPS[name] for name in notes if name in _STEPS), "")
    return {"drafts": notes} | ({"opened_step": opened} if opened and "opened_step" not in context else {})


def typed(request: HttpRequest) -> dict[str, list[str]]:
    """What a person wrote or chose in the form that was sent."""
    return {name: many for name, many in request.POST.lists() if name not in MACHINES}


def words_typed(request: HttpRequest) -> str:
    """What was written in one's own words, as far as one can tell it from choices."""
    return "\n".join(one for many in typed(request).values() for one in many if " " in one.strip())


def unless_changed(show: Callable[[HttpRequest, UUID], HttpResponse]) -> Callable[[View], View]:
    """A form of a case is not taken when somebody else has written in the case since the page was made. What was typed
    is kept as a draft, and `show` answers the case as it stands now, with the draft in its form.

    Stands under @page, so that the check and the write are one transaction.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def careful(request: HttpRequest, case_id: UUID, **kwargs: Any) -> HttpResponse:
            seen = request.POST.get("story", "")
            if request.method != "POST" or not (seen.isascii() and seen.isdigit()):
                return view(request, case_id, **kwargs)
            try:
                cases.check_seen(case=case_id, seen=int(seen[:9]), by=request.viewer)
            except NotPossible:
                keep(request, case_id)
                return show(request, case_id)
            return view(request, case_id, **kwargs)

        return careful

    return wrap


def keep(request: HttpRequest, case_id: UUID) -> None:
    """Keep what was sent as the draft of its form, when the form says which it is."""
    if form := request.POST.get("draft", "")[:40]:
        cases.keep_draft(case=case_id, form=form, fields=typed(request), by=request.viewer, at=now())


def sent(request: HttpRequest, case_id: UUID) -> None:
    """The form arrived: its draft has done its work."""
    if form := request.POST.get("draft", ""):
        cases.forget_draft(case=case_id, form=form, by=request.viewer)


def _fill(form: Form, draft: Written) -> bool:
    """Whether anything of the draft found a place."""
    names = [name for name in form.fields if draft.fields.get(form.add_prefix(name))]
    for name in names:
        values, field = draft.fields[form.add_prefix(name)], form.fields[name]
        is_many = getattr(field.widget, "allow_multiple_selected", False)
        form.initial[name] = values if is_many else values[-1]
    return bool(names)
