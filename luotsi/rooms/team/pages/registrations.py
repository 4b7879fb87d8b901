"""Registering somebody the county does not know: by the code that was searched, or with a temporary one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.people import queries, rules
from luotsi.domain.people.actions.desk import AlreadyKnown, Registered, register_at_desk
from luotsi.domain.people.queries import Found
from luotsi.rooms.page import page
from luotsi.rooms.team import findings
from luotsi.rooms.team.pages.people import again
from luotsi.rooms.team.personforms import NewPersonForm, TemporaryForm


@page("person.register", methods=("GET", "HEAD", "POST"))
def registration(request: HttpRequest, handle: UUID) -> HttpResponse:
    """Somebody new under the code that was searched and that nobody has."""
    code = findings.code_of(request, handle)
    if not code:
        return again(request)
    form = NewPersonForm(_sent(request), initial={"language": get_language()})
    masked = rules.mask_identity(code)
    if not form.is_valid():
        return _show(request, form, masked_code=masked)
    if same := _namesakes(request, form, rules.birth_date_of(code)):
        return _show(request, form, status=409, masked_code=masked, **_asking(same))
    try:
        done = _register(request, form, identity_code=code)
    except AlreadyKnown:
        return _show(request, form, status=409, masked_code=masked, is_known=True)
    messages.success(request, _("The person is registered."))
    return redirect("person", done.resident)


@page("person.register", methods=("GET", "HEAD", "POST"))
def temporary(request: HttpRequest) -> HttpResponse:
    """Somebody without a code. The answer shows the code that was made, whole this once."""
    form = TemporaryForm(_sent(request), initial={"language": get_language()})
    if not form.is_valid():
        return _show(request, form)
    if same := _namesakes(request, form, form.cleaned_data["birth_date"]):
        return _show(request, form, status=409, **_asking(same))
    try:
        done = _register(request, form)
    except rules.BadIdentityCode:
        form.add_error(
            "birth_date", _("Every temporary code of this birth date is in use. Ask the county administrator.")
        )
        return _show(request, form)
    except AlreadyKnown:
        return _show(request, form, status=409, is_known=True)
    return render(request, "team/registered.html", {"done": done})


def _register(request: HttpRequest, form: NewPersonForm, **more: Any) -> Registered:
    key = form.cleaned_data["key"]
    return register_at_desk(key=key, by=request.viewer, at=now(), **more, **form.said())


def _namesakes(request: HttpRequest, form: NewPersonForm, born: date | None) -> list[Found]:
    """Who has the same name, and the same birth date or an unknown one, until the worker says it is another person."""
    if "another" in request.POST:
        return []
    said = form.cleaned_data
    asked = {"first_name": said["first_name"], "last_name": said["last_name"], "born": born, "but": said["key"]}
    return queries.namesakes(viewer=request.viewer, **asked)


def _asking(same: list[Found]) -> dict[str, Any]:
    known = _("Somebody with the same name and birth date is registered already")
    unknown = _("Somebody with the same name, whose birth date is not known, is registered already")
    return {"namesakes": same, "namesakes_title": unknown if all(one.is_undated for one in same) else known}


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _show(request: HttpRequest, form: NewPersonForm, *, status: int = 0, **more: Any) -> HttpResponse:
    status = status or (422 if form.is_bound else 200)
    return render(request, "team/registration.html", {"form": form, **more}, status=status)
