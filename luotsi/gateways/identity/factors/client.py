"""Passkeys and code apps of one worker: which there are, using one, adding one, taking one away.

What waits between question and answer (a challenge, a secret not yet proved) stands in the session of the request.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.exceptions import InvalidSignature
from django.contrib.auth import get_user_model
from django.http import HttpRequest

# What fido2 and its decoders raise on an answer that no authenticator gives.
_BROKEN = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    InvalidSignature,
    AssertionError,
    OverflowError,
    RecursionError,
)
LONGEST_ANSWER = 20_000


@dataclass(frozen=True)
class Factor:
    """One passkey ("webauthn") or code app ("totp") of somebody. `name` is what they called it."""

    id: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Secret:
    """A new code app's secret: to scan (`picture`, an image address) or to type (`text`, in groups of four)."""

    picture: str
    text: str


def factors_of(person: UUID) -> list[Factor]:
    """What they can confirm with, the oldest first. One query."""
    rows = _account(person).authenticator_set.order_by("id")
    return [Factor(row.id, row.type, row.data.get("name", ""), row.created_at, row.last_used_at) for row in rows]


def ask_passkey(person: UUID) -> str:
    """What the browser hands to the passkey, as JSON."""
    return json.dumps(webauthn.begin_authentication(_account(person)))


def use_passkey(person: UUID, answer: str) -> bool:
    """Whether one of their passkeys gave this answer to the question asked last."""
    return _accept(ReauthenticateWebAuthnForm(user=_account(person), data=_credential(answer)))


def use_code(person: UUID, code: str) -> bool:
    """Whether their app shows this code now."""
    return _accept(ReauthenticateForm(user=_account(person), data={"code": code}))


def ask_new_passkey(person: UUID, *, label: str) -> str:
    """What the browser hands to the device that is to become a passkey, as JSON. `label`: whose it is."""
    return json.dumps(webauthn.begin_registration(_account(person, label), False))


def add_passkey(person: UUID, answer: str, *, name: str) -> bool:
    """Keep the new passkey, if this answers the question asked last and it is not known already."""
    account = _account(person)
    form = AddWebAuthnForm(user=account, data={**_credential(answer), "name": name[:60]})
    if not _is_valid(form):
        return False
    account.save()
    webauthn.WebAuthn.add(account, form.cleaned_data["name"], form.cleaned_data["credential"])
    return True


def new_secret(person: UUID, *, label: str, again: bool = False) -> Secret:
    """A secret for a code app, kept in the session until a code proves that the app has it. `again`: the last one."""
    account, adapter = _account(person, label), get_adapter()
    text = ActivateTOTPForm(user=account, data={} if again else None).secret
    drawn = adapter.build_totp_svg(adapter.build_totp_url(account, text))
    picture = f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"
    return Secret(picture=picture, text=" ".join(text[start : start + 4] for start in range(0, len(text), 4)))


def add_code(request: HttpRequest, person: UUID, code: str) -> bool:
    """Keep the code app, if it shows this code now. One person has one."""
    account = _account(person)
    form = ActivateTOTPForm(user=account, data={"code": code})
    if any(factor.kind == "totp" for factor in factors_of(person)) or not _is_valid(form):
        return False
    account.save()
    TOTP.activate(account, form.secret)
    clear_totp_secret(request)
    return True


def forget(person: UUID, factor: int | None = None) -> int:
    """Take one of their factors away, or all. Answers how many went."""
    rows = _account(person).authenticator_set.all()
    return int((rows if factor is None else rows.filter(id=factor)).delete()[0])


def _account(person: UUID, label: str = "") -> Any:
    """The owner of factors, as allauth's tables know them. The row is written with the first factor."""
    account: Any = get_user_model()(id=person)
    account.label = label
    return account


def _credential(answer: str) -> dict[str, str]:
    return {"credential": answer if len(answer) <= LONGEST_ANSWER else ""}


def _accept(form: Any) -> bool:
    """Whether the form's proof holds; when it was last used is written down."""
    if not _is_valid(form):
        return False
    form.save()
    return True


def _is_valid(form: Any) -> bool:
    try:
        return bool(form.is_valid())
    except _BROKEN:
        return False
