"""What a verified assertion must say before we believe it. Pure: the signature has been checked, the clock is told.

Source: SAML profiles 2.0 §4.1.4.3 (web browser SSO: what the service provider must verify).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from luotsi.gateways.identity.saml.refusal import Refused

# How far two well-kept clocks may be apart.
SKEW = timedelta(seconds=60)
_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_LONGEST_SUBJECT = 1024


@dataclass(frozen=True)
class Expected:
    """What a good answer says: from whom, to whom, where, to which question, and how strongly identified."""

    issuer: str
    audience: str
    recipient: str
    question: str
    levels: Collection[str]


@dataclass(frozen=True)
class Session:
    """The person's session at the identification service, by which it asks us to sign them out.

    `proved_at` is when they proved who they are, which may be hours before they came here; None when it is not said.
    """

    subject: str
    sid: str
    proved_at: datetime | None = None


def believed(response: Any, assertion: Any, expected: Expected, *, at: datetime) -> Session:
    """The session that the assertion speaks of. Raises Refused. Takes pysaml2's Response and its one Assertion."""
    _check_addresses(response, assertion, expected)
    _check_conditions(assertion, expected, at)
    _check_confirmation(assertion, expected, at)
    return _session(assertion, expected, at)


def _check_addresses(response: Any, assertion: Any, expected: Expected) -> None:
    if response.in_response_to != expected.question:
        raise Refused("not-asked")
    said = (_text(response.issuer), _text(assertion.issuer), response.destination)
    if said != (expected.issuer, expected.issuer, expected.recipient):
        raise Refused("not-for-us")


def _check_conditions(assertion: Any, expected: Expected, at: datetime) -> None:
    conditions = assertion.conditions
    if conditions is None or not conditions.audience_restriction:
        raise Refused("not-for-us")
    for restriction in conditions.audience_restriction:
        if expected.audience not in [_text(one) for one in restriction.audience]:
            raise Refused("not-for-us")
    _check_time(conditions.not_before, conditions.not_on_or_after, at)


def _check_confirmation(assertion: Any, expected: Expected, at: datetime) -> None:
    """One confirmation: whoever bears it, here, now, in answer to this question."""
    confirmations = assertion.subject.subject_confirmation if assertion.subject else []
    if [one.method for one in confirmations] != [_BEARER] or confirmations[0].subject_confirmation_data is None:
        raise Refused("untrusted")
    data = confirmations[0].subject_confirmation_data
    if data.in_response_to != expected.question:
        raise Refused("not-asked")
    if data.recipient != expected.recipient:
        raise Refused("not-for-us")
    _check_time(data.not_before, data.not_on_or_after, at)


def _check_time(not_before: str | None, not_on_or_after: str | None, at: datetime) -> None:
    """An end there must be; both ends with 60 seconds of grace."""
    ends, begins = _moment(not_on_or_after), _moment(not_before) if not_before else None
    if at >= ends + SKEW or (begins is not None and at < begins - SKEW):
        raise Refused("late")


def _session(assertion: Any, expected: Expected, at: datetime) -> Session:
    if len(assertion.authn_statement) != 1 or len(assertion.attribute_statement) != 1:
        raise Refused("untrusted")
    statement = assertion.authn_statement[0]
    context = statement.authn_context
    if context is None or _text(context.authn_context_class_ref) not in expected.levels:
        raise Refused("level")
    subject = _text(assertion.subject.name_id)
    if not 0 < len(subject) <= _LONGEST_SUBJECT or not statement.session_index:
        raise Refused("untrusted")
    return Session(subject=subject, sid=statement.session_index, proved_at=_proved(statement.authn_instant, at))


def _proved(instant: str | None, at: datetime) -> datetime | None:
    """AuthnInstant (SAML core 2.0 §2.7.2), which a service that remembers the person does not renew."""
    proved = _moment(instant) if instant else None
    if proved is not None and proved > at + SKEW:
        raise Refused("late")
    return proved


def _text(element: Any) -> str:
    return (element.text or "").strip() if element is not None else ""


def _moment(text: str | None) -> datetime:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        raise Refused("untrusted") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
