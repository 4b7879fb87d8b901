"""A new mail address: the code that was sent there is written here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.people import queries
from luotsi.domain.people.actions import WrongCode
from luotsi.rooms.page import page
from luotsi.rooms.resident import newmail
from luotsi.rooms.resident.detailforms import CodeForm


@page("own.change", methods=("GET", "HEAD", "POST"))
def mail(request: HttpRequest) -> HttpResponse:
    """Write the code. Where none waits there is nothing to do here."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            newmail.confirm(request, form.cleaned_data["code"])
        except WrongCode:
            form.add_error(
                "code", _("This is not the code we sent, or it no longer works. Check it, or ask for a new one.")
            )
        else:
            messages.success(request, _("The e-mail address is now yours in this service."))
            return redirect("own")
    waiting = queries.waiting_code(request.viewer.whose, viewer=request.viewer, at=now())
    if waiting is None:
        return redirect("own")
    return render(
        request, "resident/own_mail.html", {"form": form, "waiting": waiting}, status=400 if form.errors else 200
    )


@page("own.change", methods=("POST",))
def code(request: HttpRequest) -> HttpResponse:
    """Send a code: again to the address that waits for one, or to the address that was never shown to be theirs."""
    viewer = request.viewer
    waiting = queries.waiting_code(viewer.whose, viewer=viewer, at=now())
    known = queries.read_person(viewer.whose, viewer=viewer)
    address = waiting.value if waiting else known.mail
    if not address:
        return redirect("own-details")
    if newmail.send_code(request, address):
        messages.success(request, _("A new code is on its way. The older one no longer works."))
    else:
        messages.warning(request, _("Many codes were sent within an hour. Wait a while and try again."))
    return redirect("own-mail")
