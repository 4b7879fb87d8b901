"""A room or a thing that a time needs goes with it, or the time is not given: all or nothing."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from luotsi.base.now import local_day
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.definitions import Need
from luotsi.domain.bookings.models import Resource, ResourceUse, Slot


class NothingFree(SlotTaken):
    """The professional is free, but no room or thing that the time needs is."""


def use_resources(needs: Sequence[Need], slots: Sequence[tuple[Slot, UUID]]) -> None:
    """Take for each (slot, booking) one free resource of every need that its plan does not bring along.

    The rows of what could be taken are locked by ascending id, so that of two who come at once the later one sees what
    the earlier took. A unit that keeps no list of its rooms is not asked for one. Raises NothingFree.
    """
    use_all([(slot, booking, needs) for slot, booking in slots])


def use_all(asked: Sequence[tuple[Slot, UUID, Sequence[Need]]]) -> None:
    """As use_resources, where each time has needs of its own: the steps of one visit."""
    wanted = [(slot, booking, need) for slot, booking, needs in asked for need in needs if not _is_brought(slot, need)]
    if not wanted:
        return
    found = _lock([(slot, need) for slot, _, need in wanted])
    for slot, booking, need in wanted:
        fitting = [one for one in found if _fits(one, slot, need)]
        if not fitting and need.kind == "room":
            continue
        chosen = next((one for one in fitting if not _is_used(one, slot.starts_at, slot.ends_at)), None)
        if chosen is None:
            raise NothingFree(f"no {need.type or need.kind} is free at that time")
        ResourceUse.objects.create(resource=chosen, starts_at=slot.starts_at, ends_at=slot.ends_at, booking=booking)


def release_resources(bookings: Collection[UUID]) -> None:
    """What was kept for these bookings is free again."""
    ResourceUse.objects.filter(booking__in=bookings).delete()


def _is_brought(slot: Slot, need: Need) -> bool:
    """Whether the time comes with it: it is that thing's own time, or goes with every time of its plan."""
    own = slot.resource is not None and _is(slot.resource, need)
    return own or (slot.plan is not None and any(_is(one, need) for one in slot.plan.resources.all()))


def _is(resource: Resource, need: Need) -> bool:
    return resource.kind == need.kind and need.type in {"", resource.type}


def _lock(wanted: Sequence[tuple[Slot, Need]]) -> list[Resource]:
    asked = Q(pk__in=[])
    for slot, need in wanted:
        asked |= Q(unit_id=slot.unit_id, kind=need.kind, **({"type": need.type} if need.type else {}))
    return list(Resource.objects.select_for_update().filter(asked).order_by("id"))


def _fits(resource: Resource, slot: Slot, need: Need) -> bool:
    day = local_day(slot.starts_at)
    is_here = resource.active_from <= day and (resource.active_to is None or day <= resource.active_to)
    return is_here and resource.unit_id == slot.unit_id and _is(resource, need)


def _is_used(resource: Resource, starts_at: datetime, ends_at: datetime) -> bool:
    return ResourceUse.objects.filter(resource=resource, starts_at__lt=ends_at, ends_at__gt=starts_at).exists()
