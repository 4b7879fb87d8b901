"""The ids of our own questions. Each carries its time and a seal, so that an answer to a question we never asked, or
asked long ago, is known at once by any process, without a table. Who asked it is the session's to know."""

import secrets
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from luotsi.gateways.identity.saml.refusal import Refused

# A slow reader at their bank's page, and then some.
ANSWER_WITHIN = timedelta(minutes=30)


def new_id(purpose: str, *, at: datetime) -> str:
    """An id for a question of this purpose; a valid XML ID, 72 characters after the underscore."""
    body = f"{int(at.timestamp()):08x}{secrets.token_hex(16)}"
    return f"_{body}{_seal(purpose, body)}"


def check_ours(question: str, purpose: str, *, at: datetime) -> None:
    """Raises Refused: not an id of ours for that purpose, or older than ANSWER_WITHIN."""
    body, seal = question[1:41], question[41:]
    if len(question) != 73 or not constant_time_compare(seal, _seal(purpose, body)):
        raise Refused("not-asked")
    if at.timestamp() - int(body[:8], 16) > ANSWER_WITHIN.total_seconds():
        raise Refused("late")


def _seal(purpose: str, body: str) -> str:
    return salted_hmac(f"luotsi.saml.{purpose}", body, algorithm="sha256").hexdigest()[:32]
