"""A case as far as clocks know one: a subject with events, followed after each of them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.clocks import actions
from luotsi.domain.clocks.definitions import ClockUse
from luotsi.domain.events import actions as events

CONTACT = ClockUse(line="contact", starts="case.opened", stops=("need.assessed",))
CARE = ClockUse(line="primary_care", starts="need.assessed", when={"outcome": "care_needed"}, stops=("visit.held",))
USES = (CONTACT, CARE)
NURSE = Who(kind="staff", role="nurse", id=uuid4())
WHERE = events.Dimensions(unit="sotkamo", case_kind="health_need", register="health")
BIRTHS: dict[UUID, date] = {}


def born_of(residents: Collection[UUID]) -> dict[UUID, date]:
    """The birth dates that are known."""
    return {resident: BIRTHS[resident] for resident in residents if resident in BIRTHS}


@dataclass
class Case:
    born: date | None
    id: UUID = field(default_factory=uuid4)
    resident: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        if self.born:
            BIRTHS[self.resident] = self.born

    def happens(self, kind: str, *, at: datetime, corrects: UUID | None = None, **body: Any) -> UUID:
        """Record an event and follow the case at the same moment; answers the event's uid."""
        uid = self.record(kind, at=at, corrects=corrects, **body)
        self.follow(at=at)
        return uid

    def record(self, kind: str, *, at: datetime, corrects: UUID | None = None, **body: Any) -> UUID:
        row = {
            "uid": uuid4(), "kind": kind, "occurred_at": at, "local_day": local_day(at), "actor_kind": "staff",
            "subject": self.id, "resident": self.resident, "unit": "sotkamo", "case_kind": "health_need",
            "corrects": corrects, "body": body,
        }  # fmt: skip
        events.record_many([row])
        return row["uid"]

    def follow(self, *, at: datetime) -> None:
        actions.follow(subject=self.id, at=at, by=NURSE, **self._following())

    def pause(self, line: Any, reason: str, *, at: datetime) -> None:
        actions.pause(subject=self.id, line=line, reason=reason, by=NURSE, at=at, **self._following())

    def resume(self, line: Any, *, at: datetime) -> None:
        actions.resume(subject=self.id, line=line, by=NURSE, at=at, **self._following())

    def _following(self) -> dict[str, Any]:
        return {"uses": USES, "born": self.born, "where": WHERE, "resident": self.resident}
