"""What was tried for a resident, and where a service could lead, in words for the guidance desk."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.who import Who
from luotsi.domain.cases.access import can_write
from luotsi.domain.cases.definitions import ReferralRoute, direction_results
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries import directions as tried
from luotsi.domain.cases.queries import referrals as book
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.catalogue.queries import ServicePage


def told(request: HttpRequest, case: CaseView) -> dict[str, Any]:
    """For the case's page: the services to which the resident was pointed, and what came of each."""
    names = catalogue.service_names(get_language())
    ground = case.reason.ground if case.reason else ""
    may_direct = can_write(request.viewer, "service.direct", unit=case.unit, ground=ground)
    pointed = tried.directions_of(case.id, viewer=request.viewer)
    return {
        "directions": [
            {"one": one, "name": names.get(one.service, one.service), "is_here": one.case == case.id} for one in pointed
        ],
        "has_picks": any(one.case == case.id for one in pointed),
        "results": [(key, one.name) for key, one in direction_results().items()],
        "may_direct": may_direct and case.state != "closed",
        "may_tell_result": may_direct,
        "is_guidance": case.kind.key == "guidance",
    }


def can_open(service: ServicePage, case: CaseView) -> bool:
    """Whether another unit of ours receives a matter for this service."""
    return bool(service.case_kind and service.unit and service.unit != case.unit)


def route_to(service: ServicePage, case: CaseView, *, viewer: Who) -> ReferralRoute | None:
    """The route by which the resident can be referred to whoever gives the service outside the county, if any."""
    ways = book.routes_from(case.id, viewer=viewer) if service.unit else []
    return next((way for way in ways if way.recipient and service.unit in way.to_units), None)


def _directed(body: Mapping[str, Any], case: CaseView) -> str:
    return _("Pointed to a service: %(service)s") % {"service": _service(body)}


def _followed(body: Mapping[str, Any], case: CaseView) -> str:
    known, result = direction_results(), str(body.get("result", ""))
    said = known[result].name.in_language(get_language() or "fi") if result in known else result
    return f"{_service(body)}: {said[:1].lower()}{said[1:]}"


def _service(body: Mapping[str, Any]) -> str:
    key = str(body.get("service_key", ""))
    return str(catalogue.service_names(get_language()).get(key, key))


# What a case's story says of the guidance desk.
SENTENCES: dict[str, Callable[[Mapping[str, Any], CaseView], str]] = {
    "service.directed": _directed,
    "service.followed": _followed,
}
