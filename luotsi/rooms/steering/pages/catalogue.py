"""The catalogue as those who look after it see it: what was searched for in vain, and what the services lack."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.catalogue.actions.mending import Step, TakenMeanwhile, mend
from luotsi.domain.catalogue.queries.desk import desk as desk_now
from luotsi.domain.catalogue.rules.mending import ABOUT
from luotsi.domain.organisation.rules import may
from luotsi.rooms.page import page

STEPS: tuple[Step, ...] = ("take", "leave", "finish", "reopen")


@page("catalogue.read")
def desk(request: HttpRequest) -> HttpResponse:
    """One page to work through from the top."""
    told = {"desk": desk_now(get_language() or "fi", at=now()), "may_mend": may(request.viewer, "catalogue.mend")}  # type: ignore[attr-defined]
    return render(request, "steering/catalogue.html", told)


@page("catalogue.mend", methods=["POST"])
def mending(request: HttpRequest) -> HttpResponse:
    """A thing of the desk is taken, left, done, or waits again."""
    said = {name: request.POST.get(name, "") for name in ("about", "subject", "lack")}
    step = next((one for one in STEPS if one == request.POST.get("step")), None)
    if step is None or said["about"] not in ABOUT or not 0 < len(said["subject"]) <= 200 or len(said["lack"]) > 100:
        raise BadRequest
    try:
        mend(**said, step=step, by=request.viewer, at=now())  # type: ignore[attr-defined]
    except TakenMeanwhile:
        messages.error(request, _("A colleague has taken it meanwhile."))
    else:
        messages.success(request, _told()[step])
    return redirect("catalogue-desk")


def _told() -> dict[str, str]:
    return {
        "take": _("It is yours now."),
        "leave": _("It waits for somebody again."),
        "finish": _("It is done. You can take that back below for a month."),
        "reopen": _("It stands on the desk again."),
    }
