"""What a worker found by an identity code, kept in their session under a handle: the address says nothing of anybody.

So that reloading and going back work, and nothing is sent twice. A code that is kept is sealed like those in the table.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest

from luotsi.base.now import now
from luotsi.domain.people import rules

LASTS = timedelta(hours=1)
MOST = 10
_KEY = "findings"


def keep(request: HttpRequest, *, code: str = "", **found: UUID | None) -> UUID:
    """Keep whom was found, and the code under which nobody was. Answers the handle."""
    handle = uuid4()
    kept: dict[str, Any] = {name: str(resident) for name, resident in found.items() if resident}
    if code:
        kept["code"] = rules.encrypt_identity(code, settings.IDENTITY_KEY).decode()
    earlier = list(request.session.get(_KEY, {}).items())[1 - MOST :]
    request.session[_KEY] = dict([*earlier, (str(handle), {**kept, "at": now().timestamp()})])
    return handle


def residents(request: HttpRequest, handle: UUID) -> dict[str, UUID] | None:
    """Who was found, by the name under which they were kept; None when the handle is not this worker's, or too old."""
    kept = _kept(request, handle)
    if kept is None:
        return None
    return {name: UUID(resident) for name, resident in kept.items() if name not in {"code", "at"}}


def code_of(request: HttpRequest, handle: UUID) -> str:
    """The code under which nobody was found; "" when there is none."""
    sealed = (_kept(request, handle) or {}).get("code", "")
    return rules.decrypt_identity(sealed.encode(), settings.IDENTITY_KEY) if sealed else ""


def as_handle(text: str) -> UUID | None:
    """The handle that a form carries; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _kept(request: HttpRequest, handle: UUID) -> dict[str, Any] | None:
    kept = request.session.get(_KEY, {}).get(str(handle))
    is_fresh = kept is not None and now().timestamp() - kept["at"] < LASTS.total_seconds()
    return kept if is_fresh else None
