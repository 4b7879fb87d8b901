"""What can happen to a resident's record. Never names, codes or addresses: the events are kept for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class ResidentRegistered:
    kind: ClassVar[str] = "resident.registered"
    source: str
    is_temporary: bool = False


@dataclass(frozen=True)
class ResidentChanged:
    """`fields` are the names of what changed."""

    kind: ClassVar[str] = "resident.changed"
    fields: list[str]


@dataclass(frozen=True)
class ResidentJoined:
    """A temporary record turned out to be this resident's."""

    kind: ClassVar[str] = "resident.joined"
    other: UUID


@dataclass(frozen=True)
class ResidentSeparated:
    """The joining was a mistake and was undone. Why stands in the record that is by itself again."""

    kind: ClassVar[str] = "resident.separated"
    other: UUID


@dataclass(frozen=True)
class ProtectionChanged:
    """A protection order (turvakielto) was recorded or lifted."""

    kind: ClassVar[str] = "protection.changed"
    is_on: bool
    until: date | None = None


@dataclass(frozen=True)
class DeathRecorded:
    kind: ClassVar[str] = "death.recorded"
    died_on: date | None


@dataclass(frozen=True)
class MandateGiven:
    kind: ClassVar[str] = "mandate.given"
    mandate: UUID
    mandate_kind: str
    source: str


@dataclass(frozen=True)
class MandateRevoked:
    kind: ClassVar[str] = "mandate.revoked"
    mandate: UUID


@dataclass(frozen=True)
class ConsentGiven:
    kind: ClassVar[str] = "consent.given"
    purpose: str
    is_refusal: bool
    how: str


@dataclass(frozen=True)
class ConsentWithdrawn:
    kind: ClassVar[str] = "consent.withdrawn"
    purpose: str


@dataclass(frozen=True)
class EmergencyOpened:
    """Emergency access was opened to this resident's records. `reason` is a key of the shelf; the worker's own words
    stand in the relationship.
    """

    kind: ClassVar[str] = "emergency.opened"
    relationship: UUID
    reason: str
    ends_at: str


@dataclass(frozen=True)
class EmergencyEnded:
    """An emergency access was closed before its time: by the worker who had it, or by an officer's verdict."""

    kind: ClassVar[str] = "emergency.ended"
    relationship: UUID


@dataclass(frozen=True)
class EmergencyChecked:
    """A privacy officer judged whether an emergency access was justified."""

    kind: ClassVar[str] = "emergency.checked"
    relationship: UUID
    verdict: str


@dataclass(frozen=True)
class ContactConfirmed:
    """A mail address or telephone number was shown to be the resident's own."""

    kind: ClassVar[str] = "contact_point.confirmed"
    which: str
    how: str


@dataclass(frozen=True)
class HoldChanged:
    """Erasing was stopped for this resident, or allowed again."""

    kind: ClassVar[str] = "hold.changed"
    is_on: bool


@dataclass(frozen=True)
class ResidentErased:
    """The time to keep the record had passed: what told who it was is gone."""

    kind: ClassVar[str] = "resident.erased"
    rule: str


@dataclass(frozen=True)
class RetentionRan:
    """What had passed its time on that day was erased: rows by rule and table, people, and people kept by a hold."""

    kind: ClassVar[str] = "retention.ran"
    on: date
    gone: dict[str, dict[str, int]]
    erased: int
    held: int
