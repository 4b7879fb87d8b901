"""Where one lands after signing in without having asked for a page: what the role is for, the first that it may."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from luotsi.base.codes import has_code
from luotsi.base.who import Who
from luotsi.domain.organisation.rules import may

_HOMES = (
    ("oversight.read", "emergencies"),
    ("matters.read", "matters"),
    ("case.assess", "worklist"),
    ("report.export", "programmes"),
    ("board.read", "boards"),
    ("worklist.read", "worklist"),
    ("entry.write", "entries"),
    ("referral.read", "referrals"),
    ("assignment.read", "assignments"),
    ("round.plan", "home-rounds"),
    ("round.read", "own-round"),
)


def home_of(who: Who) -> str:
    return next((reverse(name) for action, name in _HOMES if may(who, action)), reverse("front"))


def landing(who: Who, onward: str) -> str:
    """Where one goes right after signing in: first to choose a role, if there is a choice."""
    if who.other_roles:
        return f"{reverse('session-role')}?{urlencode({'next': onward})}"
    return onward or home_of(who)


def ours(request: HttpRequest, address: str) -> str:
    """The address if it is one of this site's, else nothing: nobody is sent on to a stranger's page.

    Nor to one that carries an identity code.
    """
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe and not has_code(address) else ""
