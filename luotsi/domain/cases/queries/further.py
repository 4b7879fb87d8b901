"""What a resident wrote into a matter that was open already: each further message with its answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.models import Contact
from luotsi.domain.cases.queries.contacts import Joinable
from luotsi.domain.cases.queries.one import CaseView, dangers_in, told_in
from luotsi.domain.events import actions as events
from luotsi.domain.people import queries as people
from luotsi.domain.questionnaires.definitions import Danger


@dataclass(frozen=True)
class Further:
    """A message that joined the matter. `told` as in CaseView: an answer that a protection order hides is ""."""

    contact: UUID
    received_at: datetime
    sent_by: str
    told: tuple[tuple[str, str], ...]
    dangers: tuple[Danger, ...]


def further_in(case: CaseView, *, viewer: Who, language: str) -> tuple[Further, ...]:
    """The messages that joined a case which the viewer has open, the oldest first. Two or three queries."""
    joined = Contact.objects.filter(joins__case=case.id, response__isnull=False).select_related("response")
    rows = list(joined.order_by("received_at", "id"))
    agents = people.agents_of(case.person.id, [row.sent_by_id for row in rows if row.sent_by_id])
    hides = people.hides_place(case.person, viewer)
    return tuple(
        Further(
            contact=row.id,
            received_at=row.received_at,
            sent_by=agents[row.sent_by_id].name if row.sent_by_id in agents else "",
            told=told_in(row, language, hides_places=hides),
            dangers=dangers_in(row),
        )
        for row in rows
    )


def sent_before(key: str, *, viewer: Who) -> UUID | None:
    """The matter of the viewer's that this very form opened or joined, when it comes a second time."""
    try:
        sent = UUID(key)
    except ValueError:
        return None
    own = access.visible_to(viewer).filter(resident_id__in=viewer.own_ids)
    found = own.filter(Q(contact__key=sent) | Q(joined__contact__key=sent)).order_by("opened_at")
    return found.values_list("id", flat=True).first()


def own_open(kind: str, service: str, *, viewer: Who) -> tuple[Joinable, ...]:
    """The open matters of the service to which a resident may add a message, the newest first. Logged."""
    rows = list(access.open_for_more(viewer, case_kinds()[kind], service=service).order_by("-opened_at", "id"))
    for row in rows:
        events.saw(
            viewer, residents=[row.resident_id], what="list", subject=row.id, register=row.register,
            ground=viewer.ground or "own",
        )  # fmt: skip
    return tuple(Joinable(row.id, row.kind, row.service, row.unit_id, row.opened_at) for row in rows)
