"""How child welfare handles its notifications: for its manager, from what has happened until now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases.queries.handling import read_handling
from luotsi.domain.cases.rules.handling import Handling, Share
from luotsi.rooms.page import page
from luotsi.ui.words import number

FEWEST = 5  # of fewer no share is told: one matter would be told apart


@page("board.read")
def handling(request: HttpRequest) -> HttpResponse:
    found = read_handling(viewer=request.viewer, at=now())
    head = [
        _("Month"), _("Notifications"), _("Mean days to the decision"), _("Decided in seven working days, %"),
        _("Assessment ready in 90 days, %"), _("Assessment ready in three months, %"),
    ]  # fmt: skip
    rows = [_row(date_format(first, "F Y"), one) for first, one in found.months]
    context = {"found": found, "head": head, "rows": [*rows, _row(_("All"), found.total)] if rows else []}
    return render(request, "team/handling.html", context)


def _row(name: str, one: Handling) -> list[Any]:
    shares = (one.decided_in_law, one.ready_in_days, one.ready_in_law)
    mean = number(one.mean_days, 2) if one.mean_days is not None and one.notifications >= FEWEST else None
    return [name, one.notifications, mean, *(_told(share) for share in shares)]


def _told(share: Share) -> str:
    """ "88.6 (698/788)", in the reader's own way of writing it; "–" of few."""
    if share.whole < FEWEST or share.percent is None:
        return "–"
    return f"{number(share.percent, 1)} ({number(share.part)}/{number(share.whole)})"
