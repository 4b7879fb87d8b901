"""What somebody was sending when their session had ended or they had to confirm who they are: sealed, for an hour.

It waits in the browser's session until the same person is back, and is shown to them before it is sent.
A form that holds an identity code is not kept: such codes stand encrypted in one place, and this is not it.
"""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.rooms.session import chosen, whose_over

LASTS = timedelta(hours=1)
LONGEST_BYTES = 64 * 1024
_KEY = "kept"
_CODE = re.compile(r"\d{6}\s*[-+A-FU-Y−–]\s*\d{3}[0-9A-Y]", re.IGNORECASE)
_OUR_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # a form's own key may hold digits like a code's


@dataclass(frozen=True)
class Kept:
    """A form on its way: where it was sent, its fields in their order, and whether files came with it."""

    address: str
    fields: list[tuple[str, str]]
    had_files: bool

    @property
    def written(self) -> list[str]:
        """What a person wrote with their own words, as far as one can tell it from choices and keys."""
        return [value for name, value in self.fields if " " in value.strip()]


def keep(request: HttpRequest) -> bool:
    """Keep the form that was sent just now. False when there is nobody to keep it for, or it must not be kept."""
    signed = request.session.signed
    person, acting_for = (str(signed.person), chosen(request)) if signed else whose_over(request)
    fields = [(name, one) for name, many in request.POST.lists() if name != "csrfmiddlewaretoken" for one in many]
    if not person or any(_CODE.search(value) and not _OUR_KEY.fullmatch(value) for _, value in fields):
        return False
    form = json.dumps([acting_for, request.get_full_path(), fields, bool(request.FILES)]).encode()
    if len(form) > LONGEST_BYTES:
        return False
    sealed = _seal().encrypt_at_time(form, int(now().timestamp())).decode()
    request.session[_KEY] = {"person": person, "sealed": sealed}
    request.was_kept = True  # type: ignore[attr-defined]
    return True


def find(request: HttpRequest, viewer: Who) -> Kept | None:
    """What waits for this person; None when nothing does, or it has waited too long.

    Also when they act for somebody else by now: what was written for a child is not sent as one's own.
    """
    kept = request.session.get(_KEY, {})
    if viewer.id is None or kept.get("person") != str(viewer.id):
        return None
    try:
        opened = _seal().decrypt_at_time(kept["sealed"], int(LASTS.total_seconds()), int(now().timestamp()))
    except InvalidToken:
        return None
    acting_for, address, fields, had_files = json.loads(opened)
    if acting_for != chosen(request):
        return None
    return Kept(address=address, fields=[(name, value) for name, value in fields], had_files=had_files)


def forget(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)


def note_sent(request: HttpRequest, viewer: Who) -> None:
    """The person sent a form to that address: what waited has arrived, unless it began to wait just now."""
    if request.method == "POST" and _KEY in request.session and not getattr(request, "was_kept", False):
        kept = find(request, viewer)
        if kept is None or kept.address == request.get_full_path():
            forget(request)


def _seal() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"luotsi kept form" + settings.SECRET_KEY.encode()).digest()))
