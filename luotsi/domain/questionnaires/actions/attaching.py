"""Files given as answers: judged, sealed, kept with the response, taken away again."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.questionnaires import access
from luotsi.domain.questionnaires.models import Attachment, Response
from luotsi.domain.questionnaires.rules import files, sealing
from luotsi.domain.questionnaires.rules.files import Sound, Unfit


@transaction.atomic
def attach(*, response: UUID, item: str, name: str, content: bytes, by: Who, at: datetime) -> dict[str, Any]:
    """Keep a file with the answers under way. Answers what stands for it among them; until they are kept with it, it
    belongs to none. Raises Unfit, NotAllowed.
    """
    row = access.to_fill(by).select_for_update().filter(id=response).first()
    if row is None:
        raise NotAllowed("no such answers under way for this person")
    sound = files.judged(name, content)
    files.check_room([*_sizes(row), len(sound.content)])
    return keep_file(row, item, sound, at=at)


def keep_file(response: Response, item: str, sound: Sound, *, at: datetime, id: UUID | None = None) -> dict[str, Any]:
    """A file that was judged, sealed, with its response. Answers what stands for it among the answers."""
    id = id or new_id()
    Attachment.objects.create(
        id=id, response=response, item=item, name=sound.name, kind=sound.kind, size=len(sound.content), at=at,
        digest=hashlib.sha256(sound.content).digest(),
        sealed=sealing.seal(sound.content, settings.IDENTITY_KEY, of=str(id)),
    )  # fmt: skip
    return files.kept(id, name=sound.name, kind=sound.kind, size=len(sound.content))


def take_away(response: Response, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """The files that stood among the answers and stand there no more."""
    gone = set(files.named_in(before)) - set(files.named_in(after))
    if gone:
        Attachment.objects.filter(response=response, id__in=gone).delete()


def settle(response: Response) -> None:
    """Sent, a response keeps the files that stand in its answers and no others. Raises Unfit when one that stands there
    is not with it.
    """
    named = set(files.named_in(response.answers))
    Attachment.objects.filter(response=response).exclude(id__in=named).delete()
    if named and Attachment.objects.filter(response=response).count() != len(named):
        raise Unfit("damaged")


def copied(old: Response, new: Response, *, at: datetime) -> dict[str, Any]:
    """The files of the one also with the other. Answers the old answers as they name the copies."""
    ids: dict[str, str] = {}
    for row in Attachment.objects.filter(response=old):
        content = sealing.unseal(bytes(row.sealed), settings.IDENTITY_KEY, of=str(row.id))
        kept = keep_file(new, row.item, Sound(row.name, row.kind, content), at=at)
        ids[str(row.id)] = kept["file"]
    return dict(files.renamed(old.answers, ids))


def _sizes(response: Response) -> list[int]:
    told = Attachment.objects.filter(response=response).aggregate(count=Count("id"), size=Sum("size"))
    return [told["size"] or 0, *([0] * (told["count"] - 1))] if told["count"] else []
