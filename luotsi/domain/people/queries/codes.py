"""The code on its way to a resident's new address, as they see it while they wait for it. Never the code itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import rules
from luotsi.domain.people.models import ContactCheck


@dataclass(frozen=True)
class WaitingCode:
    """`value` is the address the code was sent to, `until` when it stops working, `tries_left` how often to guess."""

    kind: str
    value: str
    until: datetime
    tries_left: int


def waiting_code(resident: UUID, *, viewer: Who, at: datetime) -> WaitingCode | None:
    """The newest code that was sent and not yet confirmed, also one that no longer works. Raises NotAllowed."""
    if resident not in viewer.own_ids:
        raise NotAllowed("these details are not theirs")
    check = ContactCheck.objects.filter(resident_id=resident).order_by("-sent_at", "id").first()
    if check is None or check.confirmed_at is not None:
        return None
    events.saw(viewer, residents=[resident], what="person")
    left = rules.CODE_TRIES - check.tries if at - check.sent_at <= rules.CODE_LASTS else 0
    return WaitingCode(check.kind, check.value, check.sent_at + rules.CODE_LASTS, max(0, left))
