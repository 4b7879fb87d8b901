"""Pages of text: a time limit with its law, and the accessibility statement."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from luotsi.domain.clocks.definitions import UnknownRuleError, clock_rule
from luotsi.domain.clocks.queries import law_of
from luotsi.rooms.page import page


@page("front.read")
def clock(request: HttpRequest, rule: str) -> HttpResponse:
    """A statutory time limit: what it promises, by which law, and worked examples."""
    try:
        found = clock_rule(rule)
    except UnknownRuleError:
        raise Http404 from None
    return render(request, "resident/clock.html", {"rule": found, "law": law_of(found)})


@page("accessibility.read")
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (act 306/2019)."""
    return render(request, "resident/accessibility.html")
