"""Consultation times as the receiver's unit meets them: which come, and every question that is read at one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.bookings import queries as bookings
from luotsi.domain.bookings.queries import FreeSlot
from luotsi.domain.cases import access
from luotsi.domain.cases.definitions import referral_routes
from luotsi.domain.cases.models import ReferralEntry
from luotsi.domain.cases.queries.referrals import read_referral
from luotsi.domain.cases.queries.threads import ReferralView
from luotsi.domain.organisation.rules import NotAllowed

GIVEN_BACK = ("withdrawn", "returned")  # after these the question is not read at its time


@dataclass(frozen=True)
class TimeRow:
    """A time with how many questions it has. Nobody's data."""

    slot: FreeSlot
    questions: int


@dataclass(frozen=True)
class TimeView:
    """A time with its questions, in the order in which the time was chosen for them."""

    slot: FreeSlot
    questions: tuple[ReferralView, ...]

    @property
    def unanswered(self) -> tuple[ReferralView, ...]:
        return tuple(one for one in self.questions if "answered" in one.steps and one.row.is_waiting)


def times_with_questions(*, viewer: Who, after: datetime) -> list[TimeRow]:
    """The times of the viewer's units that end after this moment and for which a question was sent, the first first."""
    chosen = _chosen(viewer)
    numbers = {slot: sum(1 for one in chosen.values() if one == slot) for slot in set(chosen.values())}
    coming = [slot for slot in bookings.slots(numbers).values() if slot.ends_at > after]
    return [TimeRow(slot, numbers[slot.id]) for slot in sorted(coming, key=lambda one: (one.starts_at, one.id))]


def read_time(slot: UUID, *, viewer: Who) -> TimeView:
    """One time whole; every question is logged as read. Raises NotAllowed: nothing was sent for it to this viewer."""
    asked = [referral for referral, one in _chosen(viewer).items() if one == slot]
    if not asked:
        raise NotAllowed("no such consultation time for this viewer")
    return TimeView(bookings.slots([slot])[slot], tuple(read_referral(one, viewer=viewer) for one in asked))


def _chosen(viewer: Who) -> dict[UUID, UUID]:
    """The time chosen last for each question that came to the viewer, in the order of choosing. One query."""
    routes = [key for key, route in referral_routes().items() if route.is_consultation]
    seen = access.referrals_visible_to(viewer).filter(access.received_by(viewer), route__in=routes)
    rows = ReferralEntry.objects.filter(referral__in=seen).order_by("written_at", "id")
    return _last(rows.values_list("referral_id", "step", "slot_id"))


def _last(entries: Iterable[tuple[UUID, str, UUID | None]]) -> dict[UUID, UUID]:
    chosen: dict[UUID, UUID] = {}
    for referral, step, slot in entries:
        if slot or step in GIVEN_BACK:
            chosen.pop(referral, None)
        if slot:
            chosen[referral] = slot
    return chosen
