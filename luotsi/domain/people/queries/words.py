"""What a resident has said yes and no to."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luotsi.base.now import today
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.people import access
from luotsi.domain.people.definitions import ConsentPurpose, consent_purposes
from luotsi.domain.people.models import Consent


@dataclass(frozen=True)
class ConsentView:
    """One purpose and the resident's word on it now: yes, no, or nothing said. `history` is older, newest first."""

    purpose: ConsentPurpose
    answer: str  # "yes", "no" or ""
    given_at: datetime | None
    given_how: str
    valid_to: date | None
    history: tuple["Word", ...]


@dataclass(frozen=True)
class Word:
    answer: str
    given_at: datetime
    given_how: str
    valid_to: date | None
    withdrawn_at: datetime | None


def consents_of(resident: UUID, *, viewer: Who) -> list[ConsentView]:
    """Every purpose on the shelf with what the resident has said. Raises NotAllowed."""
    reason = access.check_relationship(viewer, resident)
    rows = Consent.objects.filter(resident_id=resident).order_by("-given_at")
    said: dict[str, list[Consent]] = {}
    for row in rows:
        said.setdefault(row.purpose, []).append(row)
    events.saw(viewer, residents=[resident], what="consent", ground=reason.ground, register=reason.register)
    return [_view(purpose, said.get(purpose.key, [])) for purpose in consent_purposes().values()]


def has_allowed(resident: UUID, purpose: str) -> bool:
    """Whether the resident's word on this purpose is a yes today. For nouns above, which act by it and show nothing."""
    said = Consent.objects.in_force(today()).filter(resident_id=resident, purpose=purpose)
    return said.filter(is_refusal=False).exists()


def has_refused(resident: UUID, purpose: str) -> bool:
    """Whether the resident's word on this purpose is a no today. For nouns above, which act by it and show nothing."""
    return Consent.objects.in_force(today()).filter(resident_id=resident, purpose=purpose, is_refusal=True).exists()


def _view(purpose: ConsentPurpose, rows: list[Consent]) -> ConsentView:
    now = next(
        (row for row in rows if row.withdrawn_at is None and (row.valid_to is None or row.valid_to >= today())), None
    )
    return ConsentView(
        purpose=purpose,
        answer=_answer(now) if now else "",
        given_at=now.given_at if now else None,
        given_how=now.given_how if now else "",
        valid_to=now.valid_to if now else None,
        history=tuple(
            Word(_answer(row), row.given_at, row.given_how, row.valid_to, row.withdrawn_at)
            for row in rows
            if row != now
        ),
    )


def _answer(row: Consent) -> str:
    return "no" if row.is_refusal else "yes"
