"""Who told child welfare of a child. The name is kept from everyone without need: the child, the guardian, managers.

Source: Act on the Openness of Government Activities 621/1999, 11 § 2 mom. (to be verified): a party's right to see does
not reach what would go against a very important private interest.
"""

from uuid import UUID

from django.db.models import Q

from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.models import Contact
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed, check_may

HIDDEN_IN = frozenset({"child_welfare"})  # the registers in which the sender's name is shown only when asked for


def hides_sender(register: str) -> bool:
    return register in HIDDEN_IN


def read_notifier(case: UUID, contact: UUID, *, viewer: Who) -> str:
    """The name of whoever sent this contact of the case, "" of an anonymous one. A reading of its own, with its own row
    in the log. Raises NotAllowed.
    """
    check_may(viewer, "notifier.read")
    row = access.visible_to(viewer).filter(id=case).first()
    if row is None:
        raise NotAllowed("no such case for this viewer")
    access.check_write(viewer, row, "notifier.read")
    found = Contact.objects.filter(Q(cases=row) | Q(joins__case=row), id=contact).first()
    if found is None:
        raise NotAllowed("no such contact in this case")
    events.saw(
        viewer, residents=[row.resident_id], what="notifier", subject=row.id, register=row.register, ground="team"
    )
    return str(found.sender_name)
