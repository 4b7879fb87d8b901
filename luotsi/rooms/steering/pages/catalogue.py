"""The catalogue as those who look after it see it: what was searched for in vain, and what the services lack."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from luotsi.base.now import now
from luotsi.domain.catalogue.queries.desk import desk as desk_now
from luotsi.rooms.page import page


@page("catalogue.read")
def desk(request: HttpRequest) -> HttpResponse:
    """One page to work through from the top."""
    return render(request, "steering/catalogue.html", {"desk": desk_now(get_language() or "fi", at=now())})
