"""Strong identification by Suomi.fi: the question, the answer, and signing out at both ends.

The addresses under /saml/ are registered with Suomi.fi and stand without a language. A message that is not believed is
met by one calm page in three languages, which repeats nothing of it.
"""

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from luotsi.base.now import now
from luotsi.base.text import LANGUAGES
from luotsi.domain.people import actions as people
from luotsi.domain.people.rules import BadIdentityCode
from luotsi.gateways.identity.saml.connected import identification
from luotsi.gateways.identity.saml.connection import NotConnected
from luotsi.gateways.identity.saml.identification import Answer, Ended
from luotsi.gateways.identity.saml.questions import ANSWER_WITHIN
from luotsi.gateways.identity.saml.refusal import Refused
from luotsi.rooms import allowance
from luotsi.rooms import session as sessions
from luotsi.rooms.home import home_of, ours
from luotsi.rooms.page import page
from luotsi.rooms.resident import underway

log = logging.getLogger("luotsi.strong")
WAY = "suomifi"
LABEL = gettext_lazy("Suomi.fi e-Identification")
_STATUS = {"level": 403, "no-code": 403, "declined": 403, "not-asked": 403, "unreachable": 503}
_LONGEST_RELAY = 80  # SAML bindings 2.0 §3.5.3
View = Callable[[HttpRequest], HttpResponse]


def to_question(onward: str, **more: str) -> str:
    """Where signing in by Suomi.fi begins, for the sign-in page in its language."""
    return f"{reverse('strong')}?{urlencode({'next': onward, 'language': (get_language() or 'fi')[:2], **more})}"


def calm(view: View) -> View:
    """A message that is not believed, or a service that cannot be reached, is a page; nothing has changed."""

    @functools.wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        try:
            response = view(request)
        except Refused as refused:
            response = _refusal(request, refused.reason)
        except NotConnected as error:
            log.error("request %s: %s", getattr(request, "request_id", ""), error)
            response = _refusal(request, "unreachable")
        except SuspiciousOperation:  # a body or a number of fields that no answer has
            response = _refusal(request, "unreadable")
        response["Cache-Control"] = "no-store"
        return response

    return guarded


@page("session.choose", methods=("GET",))
@calm
def question(request: HttpRequest) -> HttpResponse:
    """Off to Suomi.fi, in the language of the page. Where the person wanted to go stays in the session.

    `anew=1`: they prove once more who they are, before something that matters.
    """
    language, relay = request.GET.get("language", ""), underway.new_relay()
    language = language if language in LANGUAGES else (get_language() or "fi")[:2]
    asked = identification().ask(language=language, relay=relay, at=now(), anew=request.GET.get("anew") == "1")
    onward = ours(request, request.GET.get("next", ""))
    underway.remember(request.session, relay, underway.Asked(asked.id, onward, language))
    return redirect(asked.address)


@csrf_exempt
@page("session.choose", methods=("POST",))
@calm
def answer(request: HttpRequest) -> HttpResponse:
    """Suomi.fi's answer, brought by the browser from Suomi.fi's page, without our cookie. Believed or refused here."""
    relay = request.POST.get("RelayState", "")
    if len(relay) > _LONGEST_RELAY:
        raise Refused("unreadable")
    found = identification().read(request.POST.get("SAMLResponse", ""), at=now())
    if not allowance.take("strong.answer", found.question, limit=1, seconds=2 * int(ANSWER_WITHIN.total_seconds())):
        raise Refused("used")
    key = underway.keep(found, relay, at=now())
    return HttpResponseRedirect(f"{reverse('strong-arrival')}?key={key}", status=303)


@page("session.choose", methods=("GET",))
@calm
def arrival(request: HttpRequest) -> HttpResponse:
    """A step of our own, with our cookie: only the browser that asked is signed in by the answer."""
    found, relay = underway.fetch(request.GET.get("key", ""), at=now()) or (None, "")
    asked = underway.recall(request.session, relay)
    if found is None or asked is None or asked.question != found.question:
        raise Refused("not-asked")
    _sign_in(request, found)
    with translation.override(asked.language):
        return redirect(asked.onward or home_of(sessions.viewer_of(request)))


@page("session.choose", methods=("GET",))
@calm
def leaving(request: HttpRequest) -> HttpResponse:
    """On to Suomi.fi, to end the session there too; ours has ended already."""
    names = underway.read_ticket(request.GET.get("ticket", ""))
    if names is None:
        return redirect("front")
    return redirect(identification().ask_to_end(subject=names[0], sid=names[1], at=now()))


@page("session.choose", methods=("GET",))
@calm
def closure(request: HttpRequest) -> HttpResponse:
    """Suomi.fi asks us to end sessions, because the person signed out elsewhere; or answers that theirs has ended."""
    told = identification().read_ending(request.META.get("QUERY_STRING", ""), at=now())
    if isinstance(told, Ended):
        return _after_leaving(request, told)
    for sid in told.sids:
        sessions.end_sessions(way=WAY, sid=sid)
    if not told.sids:
        sessions.end_sessions(way=WAY, subject=told.subject)
    return redirect(told.reply)


@page("session.choose")
@calm
def metadata(request: HttpRequest) -> HttpResponse:
    """What is registered with Suomi.fi about this service."""
    return HttpResponse(identification().description(), content_type="application/samlmetadata+xml")


def _sign_in(request: HttpRequest, found: Answer) -> None:
    try:
        resident = people.identify(
            identity_code=found.person.identity_code,
            first_name=found.person.first_name,
            last_name=found.person.last_name,
            at=now(),
            source="suomi.fi",
        )
    except BadIdentityCode:
        raise Refused("no-code") from None
    names = {"way": WAY, "subject": found.subject, "sid": found.sid}
    sessions.sign_in(request, kind="resident", id=resident.id, confirmed_at=found.proved_at, **names)
    request.session["leave_at"] = f"{reverse('strong-leaving')}?ticket={underway.ticket(found.subject, found.sid)}"


def _after_leaving(request: HttpRequest, ended: Ended) -> HttpResponse:
    if ended.everywhere:
        messages.success(request, _("You are signed out."))
    else:
        messages.warning(request, _("You are signed out here. Close your browser to be signed out everywhere."))
    return redirect("front")


def _refusal(request: HttpRequest, reason: str) -> HttpResponse:
    """The calm page, in the reader's three languages. The reason is logged, the message never."""
    log.warning("request %s: identification refused: %s", getattr(request, "request_id", ""), reason)
    own = (get_language() or "fi")[:2]
    codes = sorted(LANGUAGES, key=lambda code: code != own)
    context: dict[str, Any] = {"reason": reason, "codes": codes, "languages": []}  # it speaks all three as it is
    return render(request, "resident/strong_refused.html", context, status=_STATUS.get(reason, 400))
