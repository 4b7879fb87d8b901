"""What every request passes: a number for the log, and who is asking."""

import uuid
from collections.abc import Callable

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.decorators import sync_and_async_middleware

from luotsi.config import errors
from luotsi.domain.organisation.rules import VISITOR
from luotsi.rooms import session

Next = Callable[[HttpRequest], HttpResponse]


@sync_and_async_middleware
def request_id(get_response: Next):  # type: ignore[no-untyped-def]
    """A number for the request, shown on error pages and in the answer's X-Request-ID, so that one finds the other."""

    def before(request: HttpRequest) -> HttpResponse | None:
        request.request_id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        if not request.COOKIES.get(settings.SESSION_COOKIE_NAME, "x").isalnum():
            del request.COOKIES[settings.SESSION_COOKIE_NAME]  # not one of ours; the database would choke on it
        try:
            len(request.GET)
        except SuspiciousOperation:  # more parameters than anybody's page has
            request.GET = QueryDict()
            return errors.bad_request(request)
        return None

    def after(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    if iscoroutinefunction(get_response):

        async def asynchronous(request: HttpRequest) -> HttpResponse:
            return after(request, before(request) or await get_response(request))  # type: ignore[misc]

        return asynchronous

    def synchronous(request: HttpRequest) -> HttpResponse:
        return after(request, before(request) or get_response(request))

    return synchronous


def viewer(get_response: Next) -> Next:
    """`request.viewer`: who is signed in, as a Who; a visitor is a Who of role "visitor"."""

    def passing(request: HttpRequest) -> HttpResponse:
        request.viewer = session.viewer_of(request)  # type: ignore[attr-defined]
        response = get_response(request)
        if request.viewer != VISITOR:  # type: ignore[attr-defined]
            response.setdefault("Cache-Control", "no-store")  # the back button of a shared machine shows nobody's page
        return response

    return passing
