"""What stands around the forms of a case: in whose hands it is, who else is here, and what was half written."""

from collections.abc import Callable, Collection
from contextlib import suppress
from functools import wraps
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases import queries
from luotsi.domain.cases.actions.desk import TooMuch
from luotsi.domain.cases.queries import CaseView, Written
from luotsi.domain.cases.rules import NotPossible
from luotsi.domain.organisation.rules import may
from luotsi.rooms.team.lines import mark_of

# What a form carries for the machine: nobody's writing, and made anew with each page.
MACHINES = frozenset(
    (
        "csrfmiddlewaretoken",
        "key",
        "after",
        "story",
        "seen",
        "draft",
        "draft_page",
        "then",
        "booking",
        "restored",
        "follows",
        "step",
    )
)
# The forms of a case's page that are kept while half written, and the step behind whose name one stands.
_FORMS = {
    "assess": "assess", "visit": "record_visit", "closure": "close", "telling": "", "private": "", "reopening": "",
}  # fmt: skip

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
    for name in _FORMS:
        form = context.get(f"{name}_form")
        draft = drafts.get(getattr(form, "draft", name))
        if draft and isinstance(form, Form) and fill(form, draft):
            notes[name] = draft.saved_at
    opened = next((_FORMS[name] for name in notes if _FORMS[name]), "")
    return {"drafts": notes} | ({"opened_step": opened} if opened and "opened_step" not in context else {})


def refilled(request: HttpRequest, case: CaseView, form: Form, name: str) -> dict[str, Any]:
    """Put what was half written back into the one form of a page, when it is empty: what that page says of it."""
    draft = queries.drafts_of(case.id, viewer=request.viewer).get(name)
    return {"draft_name": name, "restored_at": draft.saved_at if draft and fill(form, draft) else None}


def page_of(request: HttpRequest, case_id: UUID, name: str) -> str:
    """Where the form of this name stands: on the case's page, unless what was sent says that it has one of its own."""
    rest = name.partition("-")[2]
    match request.POST.get("draft_page"):
        case "stage" if rest:
            return reverse("case-stage", args=[case_id, rest])
        case "sending" if rest:
            return reverse("sending", args=[case_id, rest])
        case "direction" if rest:
            return reverse("direction", args=[case_id, rest])
        case "sharing":
            return reverse("case-sharing", args=[case_id])
    return reverse("case", args=[case_id])


def typed(request: HttpRequest) -> dict[str, list[str]]:
    """What a person wrote or chose in the form that was sent."""
    return {name: many for name, many in request.POST.lists() if name not in MACHINES}


def words_typed(request: HttpRequest) -> str:
    """What was written in one's own words, as far as one can tell it from choices."""
    return "\n".join(one for many in typed(request).values() for one in many if " " in one.strip())


def unless_changed(show: View) -> Callable[[View], View]:
    """A form of a case is not taken when somebody else has written in the case since the page was made. What was typed
    is kept as a draft, and `show` answers the case as it stands now, with the draft in its form.

    Stands under @page, so that the check and the write are one transaction.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def careful(request: HttpRequest, case_id: UUID, **kwargs: Any) -> HttpResponse:
            answer = show if is_changed(request, case_id) else view
            return answer(request, case_id, **kwargs)

        return careful

    return wrap


def is_changed(request: HttpRequest, case_id: UUID, *, beside: Collection[UUID] = ()) -> bool:
    """Whether what was sent comes from a page on which somebody else's writing is missing. It is kept as a draft then;
    otherwise the case is held until it is saved, with those `beside` in which the form writes too. Raises NotAllowed.
    """
    number = seen(request)
    if request.method != "POST" or number is None:
        return False
    try:
        cases.check_seen(case=case_id, seen=number, by=request.viewer, beside=beside)
    except NotPossible:
        keep(request, case_id)
        return True
    return False


def seen(request: HttpRequest) -> int | None:
    """How long the story was on the page from which this was sent; None where the form did not say."""
    number = request.POST.get("story", "")
    return int(number[:9]) if number.isascii() and number.isdigit() else None


def keep_of_thread(request: HttpRequest, referral: UUID, step: str) -> None:
    """Keep what was sent as the draft of its step of a thread, when it has room."""
    with suppress(TooMuch):
        cases.keep_thread_draft(referral=referral, step=step, fields=typed(request), by=request.viewer, at=now())


def keep(request: HttpRequest, case_id: UUID) -> None:
    """Keep what was sent as the draft of its form, when the form says which it is and it has room."""
    if form := request.POST.get("draft", "")[:40]:
        with suppress(TooMuch):
            cases.keep_draft(case=case_id, form=form, fields=typed(request), by=request.viewer, at=now())


def sent(request: HttpRequest, case_id: UUID) -> None:
    """The form arrived: its draft has done its work."""
    if form := request.POST.get("draft", ""):
        cases.forget_draft(case=case_id, form=form, by=request.viewer)


def fill(form: Form, draft: Written | None) -> bool:
    """Whether anything of the draft found a place. A form that was sent keeps what was sent."""
    if form.is_bound or draft is None:
        return False
    names = [name for name in form.fields if draft.fields.get(form.add_prefix(name))]
    for name in names:
        values, field = draft.fields[form.add_prefix(name)], form.fields[name]
        is_many = getattr(field.widget, "allow_multiple_selected", False)
        form.initial[name] = values if is_many else values[-1]
    return bool(names)
