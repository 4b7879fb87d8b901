"""In which of their roles somebody works now. What they read and do afterwards is logged with it."""

from datetime import datetime

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.events import RoleChosen
from luotsi.domain.organisation.queries import staff_as_who
from luotsi.domain.organisation.rules import NotAllowed


@transaction.atomic
def choose_role(*, role: str, by: Who, at: datetime) -> Who:
    """The same worker in that role and its units. Choosing the one they have is no event. Raises NotAllowed."""
    chosen = staff_as_who(by.id, on=local_day(at), role=role) if by.is_staff and by.id and role else None
    if chosen is None or chosen.id is None:
        raise NotAllowed(f"this worker does not have the role {role!r}")
    if chosen.role != by.role:
        events.record(RoleChosen(staff=chosen.id, role=role, before=by.role), by=chosen, at=at, subject=chosen.id)
    return chosen
