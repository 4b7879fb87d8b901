"""Which registers a worker's role works in and are closed to them for this person: those an emergency can open."""

from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people import access


def registers_of(viewer: Who) -> tuple[str, ...]:
    role = organisation.roles().get(viewer.role)
    return role.registers if role else ()


def closed_registers(viewer: Who, resident: UUID) -> list[str]:
    """Says nothing of whether anything stands in them."""
    open_now = access.registers_open(viewer, resident)
    return [register for register in registers_of(viewer) if register not in open_now]
