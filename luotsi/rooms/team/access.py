"""Which registers a worker's role works in and are closed to them for this person: those an emergency can open."""

from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people import access


def closed_registers(viewer: Who, resident: UUID) -> list[str]:
    """Says nothing of whether anything stands in them."""
    role = organisation.roles().get(viewer.role)
    open_now = access.registers_open(viewer, resident)
    return [register for register in (role.registers if role else ()) if register not in open_now]
