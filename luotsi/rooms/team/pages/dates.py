"""Why these dates: each time limit of a case or a referral with its rule, its law and the days that were counted."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import queries
from luotsi.domain.cases.queries import referrals as book
from luotsi.domain.clocks.definitions import clock_words
from luotsi.domain.clocks.queries import ClockChip
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.rooms.page import page
from luotsi.rooms.team import choices
from luotsi.rooms.team.casepage import crumb_of, opened
from luotsi.rooms.team.clocks import why


@page("case.read")
def dates(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Works without script: a chip leads here, and the case's page has the short form behind its summary."""
    case = opened(request, case_id)
    above = (_("Worklist"), choices.kept(request).address())
    return _show(request, case.chips, above, (crumb_of(case), reverse("case", args=[case_id])))


@page("worklist.read")
def listed_dates(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The same for whoever sees the list and opens no case: of what runs, beside the name that stands on the list."""
    viewer = request.viewer
    rows = queries.worklist(viewer=viewer, units=list(viewer.units), at=now(), only=[case_id])
    if not rows:
        raise NotAllowed("no such case on a list of this worker's")
    chips = [chip for chip in rows[0].chips if chip.is_running]
    return _show(request, chips, (_("Worklist"), choices.kept(request).address()), (rows[0].resident_name, ""))


@page("referral.read")
def thread_dates(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The same for a thread between professions: until when the receiver answers."""
    found = book.read_referral(referral_id, viewer=request.viewer)
    name = f"{found.row.route.name.in_language(get_language() or 'fi')}: {found.person.name}"
    return _show(
        request, found.row.chips, (_("Referrals"), reverse("referrals")), (name, reverse("referral", args=[found.id]))
    )


def _show(
    request: HttpRequest, chips: Sequence[ClockChip], above: tuple[str, str], back: tuple[str, str]
) -> HttpResponse:
    """`above` and `back`: names and addresses of the list, and of what the dates are about: "" where the name is
    hidden, and where it cannot be opened.
    """
    told = {"every": [why(chip) for chip in chips], "labels": clock_words().labels, "above": above, "back": back}
    return render(request, "team/why.html", told)
