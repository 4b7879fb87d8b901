"""The privacy officer reads the log, and what stands out in it. Her own reading is logged too."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.domain.events import queries as log
from luotsi.rooms.oversight import findings, logsearch
from luotsi.rooms.oversight.frame import show
from luotsi.rooms.oversight.logsearch import Asked, LogForm
from luotsi.rooms.page import page


@page("log.search", methods=("GET", "HEAD", "POST"))
def usage(request: HttpRequest) -> HttpResponse:
    """Rows of the log, newest first; a POST says which."""
    if request.method == "POST":
        return _narrowed(request)
    asked = logsearch.kept(request)
    number = request.GET.get("page", "1")
    number = int(number) if number.isascii() and number.isdigit() and 0 < int(number[:6]) < 100_000 else 1
    rows, has_more = logsearch.read(asked, viewer=request.viewer, page=number)
    form = LogForm(request.viewer, initial={name: value for name, value in vars(asked).items() if name != "resident"})
    context = {"rows": rows, "has_more": has_more, "number": number, "asked": asked, "form": form}
    return show(request, "usage.html", context, part="usage")


def _narrowed(request: HttpRequest) -> HttpResponse:
    if "clear" in request.POST:
        logsearch.keep(request, Asked())
        return redirect("usage")
    form = LogForm(request.viewer, request.POST)  # type: ignore[attr-defined]
    if not form.is_valid():
        return show(request, "usage.html", {"form": form, "rows": [], "asked": Asked()}, part="usage", status=422)
    logsearch.keep(request, form.asked)
    return redirect("usage")


@page("oversight.read", methods=("GET", "HEAD", "POST"))
def unusual(request: HttpRequest) -> HttpResponse:
    """What stands out in the last days; a POST goes on to the rows behind a finding."""
    if request.method == "POST":
        logsearch.keep(request, findings.behind(request.POST))
        return redirect("usage")
    days = findings.days_of(request.GET.get("days", ""))
    context = {"groups": findings.groups(request.viewer, days), "days": days, "choices": findings.choices(days)}
    return show(request, "unusual.html", context, part="unusual")


@page("log.search", methods=("GET", "HEAD", "POST"))
def proof(request: HttpRequest) -> HttpResponse:
    """Whether the log still says what was sealed. A POST computes it anew from every row."""
    if request.method != "POST":
        return show(request, "proof.html", {}, part="proof")
    verdict = log.verify()
    if verdict.holds:
        rows = ngettext("%(rows)d row", "%(rows)d rows", verdict.rows) % {"rows": verdict.rows}
        messages.success(request, _("The log is whole: %(rows)s under its seals.") % {"rows": rows})
    return show(request, "proof.html", {"verdict": verdict}, part="proof")
