"""How child welfare handles its notifications: for its manager, from what has happened until now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases.queries.handling import read_handling
from luotsi.rooms.page import page
from luotsi.rooms.team.handlingtable import FEWEST, rows, sees_few, tiles


@page("board.read")
def handling(request: HttpRequest) -> HttpResponse:
    found = read_handling(viewer=request.viewer, at=now())
    least = 1 if sees_few(request.viewer) else FEWEST
    head = [
        _("Month"), _("Notifications"), _("Mean days to the decision"), _("Decided in seven working days, %"),
        _("Assessment ready in 90 days, %"), _("Assessment ready in three months, %"),
    ]  # fmt: skip
    told = {"tiles": tiles(found, least=least), "head": head, "rows": rows(found, least=least)}
    return render(request, "team/handling.html", {"found": found, "hides": least > 1, **told})
