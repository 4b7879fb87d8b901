"""A list of services to hand over: on paper, with a link and its code by which the resident says what came of each."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from luotsi.base.now import now
from luotsi.domain.bookings.queries.linked import link_to
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries import directions as tried
from luotsi.domain.cases.queries.picks import links_end
from luotsi.domain.catalogue import queries as catalogue
from luotsi.rooms.filling.qr import as_svg
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import opened, told


@page("service.direct")
def sheet(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was picked, how to reach each, and why: in the resident's language, without their name."""
    found = opened(request, case_id)
    language = found.person.language if found.person.language in {"fi", "sv", "en"} else "fi"
    where = found.person.municipality or None
    picked = [one for one in tried.directions_of(case_id, viewer=request.viewer) if one.case == case_id]
    pages = [(one, catalogue.service_page(one.service, language, where, now())) for one in reversed(picked)]  # type: ignore[arg-type]
    if not picked:
        return redirect("directions", case_id=case_id)
    link = _address(found, language)
    context: dict[str, Any] = {
        **told(request, found),
        "picks": [{"why": one.why, "about": about} for one, about in pages if about],
        "paper_language": language,
        "link": link,
        "picture": f"data:image/svg+xml;base64,{b64encode(as_svg(link)).decode()}",
        "until": links_end(now()),
    }
    return render(request, "team/picks.html", context)


def _address(case: CaseView, language: str) -> str:
    with translation.override(language):
        token = link_to("picks", case.id, until=links_end(now()))
        return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('picks', args=[token])}"
