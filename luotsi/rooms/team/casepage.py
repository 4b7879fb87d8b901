"""Opening a case and showing it whole, after reading, after a mistake and after somebody else acted first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.base.text import Text
from luotsi.base.who import Who
from luotsi.domain.bookings import rules as bookings
from luotsi.domain.cases import queries, rules
from luotsi.domain.cases.access import can_write
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries.days import may_grant
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import may
from luotsi.domain.people import queries as people
from luotsi.rooms.team import (
    choices,
    contactpage,
    desk,
    directionpage,
    fillingpage,
    measurepage,
    referralpage,
    stagepage,
    words,
)
from luotsi.rooms.team.accessforms import PrivateForm
from luotsi.rooms.team.clocks import shown_clock
from luotsi.rooms.team.contactcalls import CallForm
from luotsi.rooms.team.forms import ClosureForm, KeyedForm, VisitForm
from luotsi.rooms.team.kindwords import state_name, words_of
from luotsi.rooms.team.nextsteps import open_steps
from luotsi.rooms.team.sheet import AssessmentForm, sheet_of
from luotsi.rooms.team.story import outcome_name, reason_name, story_of

# Somebody else acted first: the case, or the time, is no longer in a state in which the step can be taken.
TOO_LATE = (rules.NotPossible, bookings.NotPossible)


def opened(request: HttpRequest, case_id: UUID) -> CaseView:
    """The case, if it exists for this viewer. Raises NotAllowed, which a page answers with 404."""
    return queries.read_case(case_id, viewer=request.viewer, language=get_language(), at=now())


def show(request: HttpRequest, case: CaseView, *, status: int = 200, **given: Any) -> HttpResponse:
    """The case's page. `given`: a form with what the worker sent, or what to say about a conflict."""
    around = {**referralpage.told(request, case), **directionpage.told(request, case)}
    around |= measurepage.told(request, case) | fillingpage.told(request, case)
    context = {**told(request, case), **around, **forms_of(case), **steps_of(request, case), **given}
    context |= desk.told(request, case) | desk.restored(request, case, context)
    return render(request, "team/case.html", context, status=status)


def show_changed(
    request: HttpRequest, case_id: UUID, form: Form | None = None, *, chosen: str = "", **_where: Any
) -> HttpResponse:
    """The present state and what the worker had typed, or `chosen` by one press, when somebody else acted first."""
    desk.keep(request, case_id)
    case = opened(request, case_id)
    typed = form.typed if isinstance(form, KeyedForm) else desk.words_typed(request)
    note = typed if isinstance(form, AssessmentForm | VisitForm) else ""
    again = {"call_form": form} if isinstance(form, CallForm) else {}
    still = {"still_chosen": _("You chose: %(what)s.") % {"what": chosen}} if chosen else {}
    told_of = conflict(request, case, typed) | still
    return show(request, case, status=409, **told_of, **forms_of(case, note=note), **again)


def conflict(request: HttpRequest, case: CaseView, typed: str = "") -> dict[str, Any]:
    """What a page says when somebody else acted first: what was typed, and what happened since the page was made."""
    seen = desk.seen(request)
    news = [] if seen is None else story_of(case, after=seen)[::-1]
    return {"is_conflict": True, "typed": typed, "meanwhile": news}


def done(request: HttpRequest, case_id: UUID, message: str) -> HttpResponse:
    """Say what happened and what comes next; then the same case again, or the next one when that was asked."""
    desk.sent(request, case_id)
    messages.success(request, message)
    return redirect("following" if request.POST.get("then") == "following" else "case", case_id=case_id)


def told(request: HttpRequest, case: CaseView) -> dict[str, Any]:
    """What the page says of the case: the person, the clocks, the times and the story."""
    return {
        "case": case,
        "list_address": choices.kept(request).address(),
        "age": words.age_words(case.age),
        "state": state_name(case.kind, case.state),
        "said": words_of(case.kind),
        "state_tone": words.state_tone(case.state),
        "what": what_of(case),
        "crumb_of_case": crumb_of(case),
        "unit_name": "" if case.person.is_protected else organisation.unit_names()[case.unit],
        "municipality": organisation.municipality_names().get(case.person.municipality, ""),
        "language": words.language_words(case.person.language),
        "channel": words.channel_words(case.channel),
        "sent_by": _sent_by(case),
        "emergency": words.emergency(case.reason, case.person.id, now()),
        "because": _because(request, case),
        "is_hidden": people.hides_place(case.person, request.viewer),
        "is_minor": rules.can_keep_private(case.age),
        "may_open_person": may(request.viewer, "person.read"),
        "close_reason": reason_name(case.kind, case.close_reason),
        "clocks": [shown_clock(chip) for chip in case.chips],
        "running": [shown_clock(chip) for chip in case.chips if chip.is_running],
        "judgements": [(one, outcome_name(case.kind, one.outcome)) for one in case.judgements],
        "times": [time_line(time, case) for time in case.times],
        "story": story_of(case),
        "grants_days": may_grant(case, request.viewer),
        **contactpage.told(request, case),
        **stagepage.told(request, case),
    }


def what_of(case: CaseView) -> str | Text:
    """The service, or the kind of matter where it came to none."""
    return catalogue.service_names(get_language() or "fi").get(case.service) or case.kind.name


def crumb_of(case: CaseView) -> str:
    """How the way down to a page names the case: the person first, then what it is about."""
    what = what_of(case)
    return f"{case.person.name}: {what if isinstance(what, str) else what.in_language(get_language() or 'fi')}"


def _because(request: HttpRequest, case: CaseView) -> str:
    """Why the matter is open, where it is not simply on the list of the worker's own unit."""
    if case.reason is None or (case.reason.ground == "team" and case.unit in request.viewer.units):
        return ""
    return words.ground_words(case.reason.ground, is_of_team=case.unit in request.viewer.units)


def _sent_by(case: CaseView) -> str:
    """Who wrote, when it was somebody who acts for the resident."""
    if case.sent_by is None:
        return ""
    kind = case.sent_by.kind
    words_of_kind = kind.name.in_language(get_language() or "fi").lower() if kind else ""
    told = {"name": case.sent_by.name, "right": words_of_kind}
    return _("Sent by %(name)s (%(right)s).") % told if kind else _("Sent by %(name)s.") % told


def time_line(time: Any, case: CaseView) -> dict[str, Any]:
    """A time given because of the case, in words. `unit` is "" where a protection order hides the place."""
    slot = time.slot
    return {
        "starts_at": slot.starts_at,
        "with": f"{slot.staff_name}, {words.profession_words(slot.profession).lower()}",
        "unit": "" if case.person.is_protected else organisation.unit_names()[slot.unit],
        "mode": words.mode_words(slot.mode),
        "state": words.booking_words(time.state, by=time.cancelled_by),
        "tone": words.booking_tone(time.state),
    }


def forms_of(case: CaseView, *, note: str = "") -> dict[str, Form]:
    """An empty form for each step; ids differ, so that several can stand on one page."""
    language = get_language()
    time = case.waiting_time
    return {
        "assess_form": sheet_of(case, language, note=note),
        "visit_form": VisitForm(initial={"note": note, "booking": time.id if time else None}, auto_id="visit_%s"),
        "closure_form": ClosureForm(case.close_reasons, language, auto_id="closure_%s"),
        "private_form": PrivateForm(auto_id="private_%s"),
    }


def steps_of(request: HttpRequest, case: CaseView) -> dict[str, Any]:
    """The likeliest step stands open, the others behind their names. A time that is ahead leaves nothing to do now."""
    said = words_of(case.kind)
    own = {"assess": stagepage.step_words(case) or said["assess_again" if case.judgements else "assess"]}
    steps = [(step, own.get(step) or words.step_words(step)) for step in open_steps(case, request.viewer)]
    time = case.waiting_time
    is_ahead = time is not None and (case.state == "offered" or time.slot.starts_at > now())
    arranged = stagepage.arranged_words(case)
    first = None if is_ahead or arranged or not steps else steps[0]
    return {
        "next_step": first,
        "arranged": arranged,
        "other_steps": steps[1:] if first else steps,
        "waiting": time_line(time, case) if time else None,
        "may_keep_private": can_keep(case, request.viewer),
        "private_why": case.private_why if case.kind.own_stays_private is False else "",
    }


def can_keep(case: CaseView, viewer: Who) -> bool:
    """The rule that protects the write, asked before the button is shown."""
    ground = case.reason.ground if case.reason else ""
    return can_write(viewer, "case.keep_private", unit=case.unit, ground=ground)
