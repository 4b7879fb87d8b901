"""What every request passes: a number for the log, where it comes from, and who is asking."""

import uuid
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.decorators import sync_and_async_middleware

from luotsi.base.codes import has_code
from luotsi.config import errors, headers
from luotsi.domain.organisation.rules import VISITOR
from luotsi.rooms import kept, session

Next = Callable[[HttpRequest], HttpResponse]


@sync_and_async_middleware
def request_id(get_response: Next):  # type: ignore[no-untyped-def]
    """A number for the request, shown on error pages and in the answer's X-Request-ID, so that one finds the other.

    The outermost: what went wrong further in gets its headers here. REMOTE_ADDR is where the request really comes from.
    """

    def before(request: HttpRequest) -> HttpRequest:
        request.request_id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        request.META["REMOTE_ADDR"] = address_of(request.META, settings.PROXIES)
        return request

    def after(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        headers.fill(response, secure=request.is_secure())
        return response

    if iscoroutinefunction(get_response):

        async def asynchronous(request: HttpRequest) -> HttpResponse:
            return after(request, await get_response(before(request)))  # type: ignore[misc]

        return asynchronous

    def synchronous(request: HttpRequest) -> HttpResponse:
        return after(request, get_response(before(request)))

    return synchronous


def address_of(meta: Mapping[str, Any], proxies: int) -> str:
    """The address that reached the first of our own proxies; the peer's when there are none or they did not say.

    Each proxy adds its peer at the end of X-Forwarded-For, so only that many entries from the end are believed: the
    rest is what the caller wrote.
    """
    peer = str(meta.get("REMOTE_ADDR", ""))
    said = [entry.strip() for entry in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    if not 0 < proxies <= len(said):
        return peer
    try:
        return str(ip_address(said[-proxies]))
    except ValueError:
        return peer


def readable_address(get_response: Next) -> Next:
    """Refuse an address that carries an identity code or more than a page can have, before anything writes it down."""

    def passing(request: HttpRequest) -> HttpResponse:
        if not request.COOKIES.get(settings.SESSION_COOKIE_NAME, "x").isalnum():
            del request.COOKIES[settings.SESSION_COOKIE_NAME]  # not one of ours; the database would choke on it
        if has_code(request.path) or has_code(request.META.get("QUERY_STRING", "")):
            return _refused(request, errors.code_in_address)
        try:
            len(request.GET)
        except SuspiciousOperation:  # more parameters than anybody's page has
            return _refused(request, errors.bad_request)
        response = get_response(request)
        if has_code(response.headers.get("Location", "")):  # a form's field that says where to go on
            return _refused(request, errors.code_in_address)
        return response

    return passing


def _refused(request: HttpRequest, answer: Next) -> HttpResponse:
    """The page in the language of the address; nobody further out sees the address."""
    with translation.override(translation.get_language_from_request(request, check_path=True)):
        request.GET = QueryDict()
        request.path = request.path_info = f"/{translation.get_language()}/"
        request.META["QUERY_STRING"] = ""
        return answer(request)


def viewer(get_response: Next) -> Next:
    """`request.viewer`: who is signed in, as a Who; a visitor is a Who of role "visitor"."""

    def passing(request: HttpRequest) -> HttpResponse:
        request.viewer = session.viewer_of(request)  # type: ignore[attr-defined]
        session.note_activity(request)
        response = get_response(request)
        if response.status_code < 400:
            kept.note_sent(request, request.viewer)  # type: ignore[attr-defined]
        # What is answered under nobody's name stays on no machine either: a kiosk serves one after another.
        if request.viewer != VISITOR or getattr(request, "is_nobodys", False):  # type: ignore[attr-defined]
            response.setdefault("Cache-Control", "no-store")  # the back button of a shared machine shows nobody's page
        return response

    return passing
