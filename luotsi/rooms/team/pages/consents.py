"""What a person says yes or no to on the phone, at a visit or on paper, written down by a worker."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries
from luotsi.domain.people.definitions import consent_purposes
from luotsi.domain.people.queries import ConsentView
from luotsi.rooms import session
from luotsi.rooms.page import ask_to_confirm, page
from luotsi.rooms.team import words
from luotsi.rooms.team.accessforms import ConsentForm
from luotsi.rooms.team.personpage import about, opened_to_change


@page("consent.record")
def consents(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """Every purpose with the person's word on it."""
    person = opened_to_change(request, resident_id)
    lines = [_line(one) for one in queries.consents_of(person.id, viewer=request.viewer)]
    return render(request, "team/consents.html", {**about(request, person), "lines": lines})


@page("consent.record", methods=("GET", "HEAD", "POST"))
def consent(request: HttpRequest, resident_id: UUID, purpose: str) -> HttpResponse:
    """Write down one word, and how it was said."""
    person = opened_to_change(request, resident_id)
    if purpose not in consent_purposes():
        raise Http404
    form = ConsentForm(consent_purposes()[purpose], request.POST if request.method == "POST" else None)
    if not form.is_valid():
        said = {one.purpose.key: one for one in queries.consents_of(person.id, viewer=request.viewer)}
        context = {**about(request, person), "form": form, "line": _line(said[purpose])}
        return render(request, "team/consent.html", context, status=422 if form.is_bound else 200)
    opens = form.purpose.opens_register and form.cleaned_data["answer"] == "yes"
    if opens and not session.is_confirmed(request):
        return ask_to_confirm(request)
    _record(request, person.id, form)
    messages.success(request, _("Written down."))
    return redirect(f"{reverse('person-consents', args=[person.id])}#{purpose}")  # what changed has the focus


def _record(request: HttpRequest, resident: UUID, form: ConsentForm) -> None:
    given = form.cleaned_data
    told: dict[str, Any] = {"resident": resident, "purpose": form.purpose.key, "by": request.viewer, "at": now()}
    if given["answer"] == "back":
        people.withdraw_consent(**told)
    else:
        people.give_consent(**told, is_refusal=given["answer"] == "no", how=given["how"], valid_to=given["valid_to"])


def _line(one: ConsentView) -> dict[str, Any]:
    return {
        "consent": one,
        "answer": words.answer_words(one.answer),
        "tone": {"yes": "success", "no": "warning"}.get(one.answer, "neutral"),
        "how": words.how_words(one.given_how) if one.given_how else "",
    }
