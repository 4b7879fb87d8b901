"""Whether erasing is stopped for a resident, as those who see the resident may know."""

from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.people import access
from luotsi.domain.people.models import LegalHold


def is_held(resident: UUID, *, viewer: Who) -> bool:
    """Whether a legal hold stands. Why it does is the privacy officer's to read. Raises NotAllowed."""
    access.check_relationship(viewer, resident)
    return LegalHold.objects.filter(resident_id=resident, lifted_at=None).exists()
