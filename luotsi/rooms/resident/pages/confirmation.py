"""Showing that it is still oneself, before something that matters: by passkey or code app, or by signing in anew.

A worker's first passkey or app is set up within five minutes of signing in: by then it is surely them. Later ones, and
taking one away, ask for the ones there are. Guesses are few: five codes in five minutes, thirty in a day.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.domain.organisation.rules import VISITOR
from luotsi.gateways.identity.factors import client as factors
from luotsi.rooms import allowance
from luotsi.rooms import session as sessions
from luotsi.rooms.home import home_of, ours
from luotsi.rooms.page import page, refuse
from luotsi.rooms.resident.pages import strong
from luotsi.rooms.resident.pages.identity import to_question

GUESSES, GUESSES_A_DAY = (5, 300), (30, 86_400)
_METHODS = ("GET", "HEAD", "POST")


@page("session.choose", methods=_METHODS)
def confirmation(request: HttpRequest) -> HttpResponse:
    """Ways to confirm, whichever this person has; a proof that holds leads on to `next`."""
    if request.viewer == VISITOR:
        return refuse(request)
    said = ""
    if request.method == "POST":
        said = _PROOFS.get(request.POST.get("how", ""), _no_proof)(request)
        if not said:
            return _confirmed(request)
    elif _asked(request) and sessions.is_confirmed(request):
        return redirect(_asked(request))
    known = _choices(request) | _told(request, said)
    return render(request, "resident/confirmation.html", known, status=400 if said else 200)


@page("session.choose", methods=_METHODS)
def passkey(request: HttpRequest) -> HttpResponse:
    """Set up a passkey on this device, or on a key or phone."""
    if not _may_set_up(request):
        return redirect(_to_confirmation(request))
    viewer, said = request.viewer, ""
    if request.method == "POST":
        answer, name = request.POST.get("credential", ""), request.POST.get("name", "").strip()[:60]
        if factors.add_passkey(viewer.id, answer, name=name or _("Passkey")):
            return _confirmed(request)
        said = _("The passkey was not set up. Try again, or choose a code app instead.")
    known = {"options": factors.ask_new_passkey(viewer.id, label=viewer.name), "said": said, "next": _asked(request)}
    return render(request, "resident/passkey.html", known | {"form": PasskeyForm()}, status=400 if said else 200)


@page("session.choose", methods=_METHODS)
def code_app(request: HttpRequest) -> HttpResponse:
    """Set up an app that shows one-time codes."""
    if not _may_set_up(request) or any(one.kind == "totp" for one in factors.factors_of(request.viewer.id)):
        return redirect(_to_confirmation(request))
    said = ""
    if request.method == "POST":
        said = _few_guesses(request) or ""
        if not said and factors.add_code(request, request.viewer.id, request.POST.get("code", "")):
            return _confirmed(request)
        said = said or _("The code was not right. Write the code that your app shows now.")
    secret = factors.new_secret(request.viewer.id, label=request.viewer.name, again=bool(said))
    known = {"secret": secret, "next": _asked(request), "form": CodeForm.told(said)}
    return render(request, "resident/code_app.html", known, status=400 if said else 200)


@page("session.choose", methods=("POST",))
def factor_closure(request: HttpRequest) -> HttpResponse:
    """Take a passkey or app away."""
    number = request.POST.get("factor", "")
    if (
        request.viewer.is_staff
        and sessions.is_confirmed(request)
        and number.isascii()
        and number.isdigit()
        and len(number) < 18
    ):
        factors.forget(request.viewer.id, int(number))
    return redirect(_to_confirmation(request))


class PasskeyForm(forms.Form):
    """What its owner calls a passkey."""

    name = forms.CharField(
        label=gettext_lazy("A name for it"),
        help_text=gettext_lazy("For example: work phone. By it you know it among your others."),
        required=False,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class CodeForm(forms.Form):
    """The six digits that an app shows."""

    code = forms.CharField(
        label=gettext_lazy("Code from the app"),
        help_text=gettext_lazy("Six digits. They change every half a minute."),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}),
    )

    @classmethod
    def told(cls, said: str) -> "CodeForm":
        """An empty form, or one that came back with this sentence. What was typed is old by now and is not repeated."""
        if not said:
            return cls()
        form = cls({"code": "-"})
        form.add_error("code", said)
        form.data = {}
        return form


def _code(request: HttpRequest) -> str:
    """Why the code does not confirm; "" when it does. The same code is good once."""
    viewer, code = request.viewer, "".join(request.POST.get("code", "").split())
    if said := _few_guesses(request):
        return said
    if not viewer.is_staff or not factors.use_code(viewer.id, code):
        return _("The code was not right. Write the code that your app shows now.")
    is_first = allowance.take("confirmation.once", f"{viewer.id} {code}", limit=1, seconds=120)
    return "" if is_first else _("This code has been used. Wait until your app shows the next one.")


def _passkey(request: HttpRequest) -> str:
    is_proof = request.viewer.is_staff and factors.use_passkey(request.viewer.id, request.POST.get("credential", ""))
    return "" if is_proof else _("The passkey did not answer. Try again, or use a code from your app.")


def _demonstration(request: HttpRequest) -> str:
    return "" if _is_cast(request) else _("Choose one of the ways below.")


def _no_proof(request: HttpRequest) -> str:
    return _("Choose one of the ways below.")


_PROOFS: dict[str, Callable[[HttpRequest], str]] = {"code": _code, "passkey": _passkey, "demonstration": _demonstration}


def _few_guesses(request: HttpRequest) -> str:
    """What to say when there were too many; "" when one more is fine. Counted also when the guess is right."""
    for name, (limit, seconds) in {"confirmation": GUESSES, "confirmation.day": GUESSES_A_DAY}.items():
        if not allowance.take(name, str(request.viewer.id), limit=limit, seconds=seconds):
            return _("There were too many wrong codes. Wait a few minutes and try again.")
    return ""


def _told(request: HttpRequest, said: str) -> dict[str, Any]:
    """The form, with what is wrong by its field; what concerns no field stands above."""
    is_code = request.POST.get("how") == "code"
    return {"form": CodeForm.told(said if is_code else ""), "said": "" if is_code else said}


def _choices(request: HttpRequest) -> dict[str, Any]:
    viewer, asked = request.viewer, _asked(request)
    mine = factors.factors_of(viewer.id) if viewer.is_staff else []
    kinds = {factor.kind for factor in mine}
    return {
        "next": asked,
        "is_cast": _is_cast(request),
        "factors": mine,
        "has_code": "totp" in kinds,
        "options": factors.ask_passkey(viewer.id) if "webauthn" in kinds else "",
        "may_set_up": viewer.is_staff and _may_set_up(request),
        "is_confirmed": sessions.is_confirmed(request),
        "anew": _anew(request, asked),
        "passkey_url": _with_next("passkey", asked),
        "app_url": _with_next("code-app", asked),
    }


def _may_set_up(request: HttpRequest) -> bool:
    """The first one by a sign-in that is new, later ones by what there is."""
    if not request.viewer.is_staff:
        return False
    return sessions.is_confirmed(request) or (sessions.is_new(request) and not factors.factors_of(request.viewer.id))


def _anew(request: HttpRequest, onward: str) -> str:
    """Where one signs in anew by the way by which one came."""
    way = sessions.way_of(request)
    if way in settings.OIDC:
        return to_question(way, onward, anew="1")
    if way == strong.WAY:
        return strong.to_question(onward, anew="1")
    return _with_next("session", onward)


def _is_cast(request: HttpRequest) -> bool:
    return settings.MODE == "demo" and sessions.way_of(request) == "cast"


def _confirmed(request: HttpRequest) -> HttpResponse:
    sessions.confirm(request)
    return redirect(_asked(request) or home_of(request.viewer))


def _asked(request: HttpRequest) -> str:
    return ours(request, request.POST.get("next") or request.GET.get("next", ""))


def _to_confirmation(request: HttpRequest) -> str:
    return _with_next("session-confirmation", _asked(request))


def _with_next(name: str, onward: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': onward})}"
