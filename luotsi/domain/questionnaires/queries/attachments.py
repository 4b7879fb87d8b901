"""Files that were given as answers: by name for whoever sees the answers, whole for whoever opens one. Logged."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people.access import relationship_of
from luotsi.domain.questionnaires import access
from luotsi.domain.questionnaires.models import Attachment
from luotsi.domain.questionnaires.rules import files, sealing


@dataclass(frozen=True)
class Opened:
    """One file, whole. `kind` is its media type."""

    name: str
    kind: str
    content: bytes


def of_response(response: UUID) -> dict[str, dict[str, Any]]:
    """What stands among the answers for each file of a response, by its id: for whoever writes it."""
    rows = Attachment.objects.filter(response=response).values_list("id", "name", "kind", "size")
    return {str(id): files.kept(id, name=name, kind=kind, size=size) for id, name, kind, size in rows}


def opened(attachment: UUID, *, response: UUID, viewer: Who) -> Opened:
    """A file of answers that this person may read or writes. Raises NotAllowed; the opening is logged."""
    rows = access.visible_to(viewer) | access.to_fill(viewer)
    found = Attachment.objects.filter(id=attachment, response=response, response__in=rows.values("id"))
    row = found.select_related("response").first()
    if row is None:
        raise NotAllowed("no such file for this viewer")
    about = row.response
    if about.resident_id is not None:
        reason = None if viewer.is_resident else relationship_of(viewer, about.resident_id, register=about.register)
        events.saw(
            viewer, residents=[about.resident_id], what="attachment", subject=about.id, register=about.register,
            ground=reason.ground if reason else "",
        )  # fmt: skip
    return Opened(row.name, row.kind, unsealed(row.id, row.sealed))


def contents(attachments: Iterable[str]) -> dict[str, bytes]:
    """The content of files by id: for an answer in the language of the standard, asked by whoever may read them."""
    rows = Attachment.objects.filter(id__in=list(attachments)).values_list("id", "sealed")
    return {str(id): unsealed(id, sealed) for id, sealed in rows}


def unsealed(id: UUID, sealed: Any) -> bytes:
    """The content of one file as a row keeps it: for a copy of one's own data."""
    return sealing.unseal(bytes(sealed), settings.IDENTITY_KEY, of=str(id))
