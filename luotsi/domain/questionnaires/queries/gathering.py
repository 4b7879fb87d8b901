"""Where answers are gathered: by the token of a link, and for whoever made it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.conf import settings

from luotsi.domain.events.actions.system import as_system
from luotsi.domain.questionnaires.definitions import Item, Questionnaire
from luotsi.domain.questionnaires.models import Collection, Invitation
from luotsi.domain.questionnaires.queries import forms
from luotsi.domain.questionnaires.rules import tokens

Standing = Literal["open", "not_yet", "closed", "answered", "withdrawn", "sign_in"]


@dataclass(frozen=True)
class Gathering:
    """What a token leads to. `invitation` and `staff` only for whoever was invited. `state` says whether answers are
    taken now: a resident who was invited to answer by name signs in.
    """

    collection: UUID
    questionnaire: str
    version: int
    name: str
    mode: str
    unit: str
    subject: UUID | None
    is_anonymous: bool
    opens_at: datetime
    state: Standing
    invitation: UUID | None = None
    staff: UUID | None = None


def by_token(token: str, *, at: datetime) -> Gathering | None:
    """The collection that this token opens, its own or an invitation's; None when it opens nothing."""
    digest = tokens.digest(token, settings.IDENTITY_KEY)
    collection = Collection.objects.filter(token_digest=digest).first()
    if collection is not None:
        return None if collection.mode == "invited" else _gathering(collection, at)
    with as_system():
        invited = Invitation.objects.filter(token_digest=digest).select_related("collection").first()
    if invited is None or invited.collection is None:
        return None
    return _gathering(invited.collection, at, invited)


def form_of(found: Gathering) -> Questionnaire:
    """The questionnaire as it is answered there. Where nobody is to be known, and on a machine that others use next, no
    files are asked for: a picture or a paper tells whose it is. Raises KeyError.
    """
    form = forms.definition(found.questionnaire, found.version)
    if takes_files(found) is not False:
        return form
    return form.model_copy(update={"items": tuple(_without_files(item) for item in form.items)})


def takes_files(found: Gathering) -> bool | None:
    """Whether files can be added there; None when the questionnaire asks for none."""
    form = forms.definition(found.questionnaire, found.version)
    asks = any(item.type == "file" for item in form.every_item)
    return not (found.is_anonymous or found.mode == "kiosk") if asks else None


def _without_files(item: Item) -> Item:
    inside = {"items": tuple(_without_files(one) for one in item.items)}
    unasked = {"hidden": True, "required": False, "repeats_at_least": 0} if item.type == "file" else {}
    return item.model_copy(update=inside | unasked)


def token_of(collection: UUID) -> str:
    """The token in the link, for whoever may hang it on a wall: the page checks who asks."""
    sealed = Collection.objects.values_list("token_sealed", flat=True).get(id=collection)
    return tokens.unseal(sealed, settings.IDENTITY_KEY)


def _gathering(row: Collection, at: datetime, invited: Invitation | None = None) -> Gathering:
    return Gathering(
        collection=row.id, questionnaire=row.questionnaire, version=row.version, name=row.name, mode=row.mode,
        unit=(invited.unit_id if invited else None) or row.unit_id or "", subject=row.subject,
        is_anonymous=row.is_anonymous, opens_at=row.opens_at, state=_state(row, at, invited),
        invitation=invited.id if invited else None, staff=invited.staff_id if invited else None,
    )  # fmt: skip


def _state(row: Collection, at: datetime, invited: Invitation | None) -> Standing:
    if at < row.opens_at:
        return "not_yet"
    if row.closes_at is not None and at >= row.closes_at:
        return "closed"
    if invited is None:
        return "open"
    if invited.withdrawn_at is not None:
        return "withdrawn"
    if invited.answered_on is not None:
        return "answered"
    return "sign_in" if invited.resident_id and not row.is_anonymous else "open"
