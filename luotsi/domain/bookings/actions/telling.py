"""Recording what happened to a time, with what the figures break it down by."""

from datetime import datetime
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.bookings import access
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.models import Booking, Slot, WaitingEntry
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as history
from luotsi.domain.people import actions as relations
from luotsi.domain.people import queries as people


def tell(row: Booking, fact: events.Fact, *, by: Who, at: datetime, subject: UUID | None = None) -> None:
    """Record the fact. `subject` is the matter that the time is for; without one the booking stands for itself."""
    where = dimensions(row.slot, row.resident_id, row.offering)
    events.record(fact, by=by, at=at, subject=subject or row.id, resident=row.resident_id, where=where)


def told_before(booking: UUID, *kinds: str, subject: UUID) -> UUID | None:
    """The latest event of these kinds that was told of the booking, and that nothing has corrected."""
    story = history.story_of([subject])[subject]
    corrected = {event.corrects for event in story}
    of_it = (one for one in reversed(story) if one.kind in kinds and one.body["booking"] == str(booking))
    return next((one.uid for one in of_it if one.uid not in corrected), None)


def dimensions(slot: Slot, resident: UUID, offering: str) -> events.Dimensions:
    known, (municipality, language) = offerings().get(offering), people.place_and_language(resident)
    return events.Dimensions(
        unit=slot.unit_id,
        service=known.service if known else "",
        register=access.register_of(slot.unit_id),
        profession=slot.profession,
        municipality=municipality,
        language=language,
    )


def dimensions_of_waiting(entry: WaitingEntry) -> events.Dimensions:
    """Of somebody who waits: the register and unit are those of the first unit that could give the time. Of which kind
    the matter is for which they wait, its own beginning says.
    """
    known, (municipality, language) = offerings().get(entry.offering), people.place_and_language(entry.resident_id)
    unit = next(iter([*entry.units, *(known.units if known else ())]), "")
    begun = history.standing(entry.subject, kind="case.opened") if entry.subject else None
    return events.Dimensions(
        unit=unit,
        service=known.service if known else "",
        case_kind=begun.case_kind if begun else "",
        register=access.register_of(unit),
        profession=next(iter(known.professions), "") if known else "",
        municipality=municipality,
        language=language,
    )


def relate_worker(row: Booking, at: datetime) -> None:
    """The professional may see who comes to them."""
    if row.slot.staff_id:
        relations.relate(
            resident=row.resident_id, staff=row.slot.staff_id, register=access.register_of(row.slot.unit_id),
            ground="booking", subject=row.id, at=at, until=row.slot.ends_at,
        )  # fmt: skip
