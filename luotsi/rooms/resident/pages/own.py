"""My details: what the county knows of me, and changing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import may
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries
from luotsi.rooms.page import page
from luotsi.rooms.resident import newmail
from luotsi.rooms.resident.detailforms import DetailsForm


@page("own.read")
def own(request: HttpRequest) -> HttpResponse:
    """The details of the one in question, with the identity code hidden."""
    viewer = request.viewer
    known = queries.read_person(viewer.whose, viewer=viewer)
    context = {
        "person": known,
        "municipality": organisation.municipality_names().get(known.municipality),
        "waiting": queries.waiting_code(viewer.whose, viewer=viewer, at=now()),
        "may_change": may(viewer, "own.change"),
        "may_ask": may(viewer, "contact.send"),
        "may_log": may(viewer, "log.own"),
        "may_consent": may(viewer, "consent.change"),
        "may_export": may(viewer, "own.export"),
    }
    return render(request, "resident/own.html", context)


@page("own.read", methods=("GET", "HEAD", "POST"))
def identity_code(request: HttpRequest) -> HttpResponse:
    """The whole identity code, on asking; the log keeps that it was shown."""
    if request.method != "POST":
        return redirect("own")
    code = queries.show_identity_code(request.viewer.whose, viewer=request.viewer)
    return render(request, "resident/identity_code.html", {"code": code})


@page("own.change", methods=("GET", "HEAD", "POST"))
def details(request: HttpRequest) -> HttpResponse:
    """Change them. A new mail address waits for its code; the rest is saved at once."""
    viewer = request.viewer
    form = DetailsForm(request.POST or None, person=queries.read_person(viewer.whose, viewer=viewer))
    if request.method != "POST" or not form.is_valid():
        return render(request, "resident/own_details.html", {"form": form}, status=400 if form.errors else 200)
    changed = people.change_details(resident=viewer.whose, by=viewer, at=now(), **form.said())
    if form.new_mail and not newmail.send_code(request, form.new_mail):
        messages.warning(
            request, _("Your e-mail address was not changed: many codes were sent within an hour. Try again later.")
        )
    elif form.new_mail:
        return redirect("own-mail")
    messages.success(request, _("Your details are saved.") if changed else _("Nothing was changed."))
    return redirect("own")
