"""Signing in by OpenID Connect: off to the service, back from it, and the service telling that somebody has left.

These views speak with another machine, so they stand outside the transaction that @page opens for a signed-in reader.
What a service says of a person is used here and kept nowhere but in the register it belongs to.
"""

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from luotsi.base.now import now
from luotsi.base.text import LANGUAGES
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.people import actions as people
from luotsi.domain.people.rules import BadIdentityCode
from luotsi.gateways.identity.oidc import client as oidc
from luotsi.rooms import allowance
from luotsi.rooms import session as sessions
from luotsi.rooms.home import landing, ours

log = logging.getLogger("luotsi.identity")
View = Callable[..., HttpResponse]
# Of one address in a minute: a whole hospital may stand behind one when its shift begins.
ANSWERS, LEAVINGS = 300, 120


LABELS = {"staff": _("Your work account"), "residents": _("Bank codes, mobile certificate or identity card")}
FOR_WHOM = {"staff": "staff", "residents": "resident"}


def way_in(way: str) -> sessions.Way:
    """The link on the sign-in page for this service."""
    return sessions.Way(LABELS[way], lambda onward: to_question(way, onward), for_whom=FOR_WHOM[way])


def to_question(way: str, onward: str, **more: str) -> str:
    return f"{reverse('oidc', args=[way])}?{urlencode({'next': onward, **more})}"


def own_guard(method: str) -> Callable[[View], View]:
    """Name the action, let in only ways that are connected, by that method, and keep nothing in a cache."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, way: str) -> HttpResponse:
            if request.method != method:
                return HttpResponseNotAllowed([method])
            if not oidc.is_connected(way):
                raise Http404
            try:
                response = view(request, way)
            except oidc.NotConnected as error:
                log.error("request %s: %s", getattr(request, "request_id", ""), error)
                response = refusal(request, "service", oidc.Asked())
            response["Cache-Control"] = "no-store"
            return response

        guarded.action = "session.choose"  # type: ignore[attr-defined]
        return guarded

    return wrap


@own_guard("GET")
def question(request: HttpRequest, way: str) -> HttpResponse:
    """Off to the service. `anew=1`: it asks who it is even if it remembers, for confirming something that matters."""
    onward, anew = ours(request, request.GET.get("next", "")), request.GET.get("anew") == "1"
    return oidc.begin(request, way, onward=onward, language=(get_language() or "fi")[:2], anew=anew)


@own_guard("GET")
def answer(request: HttpRequest, way: str) -> HttpResponse:
    """The browser is back: sign in whom the service names, if the directory or the law knows them here."""
    if not allowance.take("identity.answer", request.META["REMOTE_ADDR"], limit=ANSWERS, seconds=60):
        return refusal(request, "many", oidc.Asked())
    try:
        identity = oidc.finish(request, way)
        admitted = _admit(request, identity)
    except oidc.NotIdentified as refused:
        return refusal(request, refused.reason, refused.asked)
    if not admitted:
        return refusal(request, "role", identity.asked, leaving=identity.leave_at)
    request.session["leave_at"] = identity.leave_at
    with translation.override(_language(identity.asked)):
        return redirect(landing(sessions.viewer_of(request), ours(request, identity.asked.onward)))


@csrf_exempt
@own_guard("POST")
def leavings(request: HttpRequest, way: str) -> HttpResponse:
    """The service tells that somebody signed out there (OpenID Connect Back-Channel Logout 1.0): ours ends too."""
    if not allowance.take("identity.leaving", request.META["REMOTE_ADDR"], limit=LEAVINGS, seconds=60):
        return JsonResponse({"error": "temporarily_unavailable"}, status=429)
    try:
        left = oidc.read_leaving(way, request.POST.get("logout_token", ""))
    except oidc.TokenRefused as refused:
        log.warning("request %s: a logout token is not believed: %s", getattr(request, "request_id", ""), refused)
        return JsonResponse({"error": "invalid_request"}, status=400)
    seconds = int((left.good_until - now()).total_seconds()) + 120
    if not allowance.take("identity.leaving.once", f"{way} {left.jti}", limit=1, seconds=max(seconds, 120)):
        return JsonResponse({"error": "invalid_request"}, status=400)
    named = {"sid": left.sid} if left.sid else {"subject": left.subject}
    ended = sessions.end_sessions(way=way, **named)
    log.info("request %s: %d sessions ended by the service %r", getattr(request, "request_id", ""), ended, way)
    return HttpResponse()


def refusal(request: HttpRequest, reason: str, asked: oidc.Asked, *, leaving: str = "") -> HttpResponse:
    """A calm page: what happened, and what to do. The log has the reason, and nothing that tells of a person."""
    log.warning("request %s: nobody was signed in: %s", getattr(request, "request_id", ""), reason)
    with translation.override(_language(asked)):
        again = f"{reverse('session')}?{urlencode({'next': ours(request, asked.onward)})}"
        known: dict[str, Any] = {"reason": reason, "again": again, "leaving": leaving}
        return render(request, "errors/not_identified.html", known, status=_STATUS.get(reason, 400))


def _admit(request: HttpRequest, identity: oidc.Identity) -> bool:
    """Begin the session of whom the service names. False when the directory gives them no role here."""
    names = {"way": identity.way, "subject": identity.subject, "sid": identity.sid}
    if identity.way == "staff":
        worker = organisation.recognise(
            provider=identity.way, subject=identity.subject, name=identity.name, mail=identity.mail,
            groups=identity.groups, at=now(),
        )  # fmt: skip
        if worker is not None:
            sessions.sign_in(request, kind="staff", id=worker.id, **names)
        return worker is not None
    try:
        resident = people.identify(
            identity_code=identity.identity_code, first_name=identity.first_name, last_name=identity.last_name,
            at=now(), source="oidc",
        )  # fmt: skip
    except BadIdentityCode:
        raise oidc.NotIdentified("claims", identity.asked) from None
    sessions.sign_in(request, kind="resident", id=resident.id, confirmed_at=identity.proved_at, **names)
    return True


def _language(asked: oidc.Asked) -> str:
    return asked.language if asked.language in LANGUAGES else (get_language() or "fi")[:2]


_STATUS = {"role": 403, "many": 429, "service": 503, "cancelled": 200}
