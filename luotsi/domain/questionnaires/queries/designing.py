"""Forms for whoever makes them: all of them, one with its versions, a draft; how each is used."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, Q

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.queries import names_of
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.questionnaires.definitions import Questionnaire, questionnaires
from luotsi.domain.questionnaires.models import Collection, Form, Invitation, Response
from luotsi.domain.questionnaires.rules import publishing
from luotsi.domain.questionnaires.rules.keeping import from_kept

Origin = Literal["shelf", "designer", "import"]


@dataclass(frozen=True)
class Version:
    """One version of a form of the county's. Names are of workers, "" when it is nobody any more."""

    id: UUID
    key: str
    version: int
    state: publishing.State
    origin: str
    revision: int
    note: str
    retired_why: str
    made_by: str
    made_at: datetime
    changed_by: str
    changed_at: datetime
    proposed_by: str
    proposed_at: datetime | None
    published_by: str
    published_at: datetime | None
    retired_by: str
    retired_at: datetime | None
    is_proposed_by_viewer: bool


@dataclass(frozen=True)
class Listed:
    """A form as a line of the list: the version in force, else the newest. `draft` is one that is being made."""

    key: str
    form: Questionnaire
    origin: Origin
    state: publishing.State
    changed_at: datetime | None
    draft: UUID | None
    uses: int


@dataclass(frozen=True)
class Usage:
    """How a form is used now. Counts of answers are None from one to four: so few could tell who answered."""

    collections: int
    invitations: int
    under_way: int | None
    completed: int | None
    of_older_versions: int | None


@dataclass(frozen=True)
class Draft:
    """A form being made: its content with the row that a change must name by its revision."""

    form: Questionnaire
    row: Version


def listed(viewer: Who) -> list[Listed]:
    """Every form: those of the shelf and the county's own. Raises NotAllowed."""
    check_may(viewer, "form.read")
    gathering = _open_collections()
    found = [
        Listed(key, form, "shelf", "published", None, None, gathering.get(key, 0))
        for key, form in questionnaires().items()
    ]
    rows: dict[str, list[Form]] = {}
    for row in Form.objects.order_by("key", "version"):
        rows.setdefault(row.key, []).append(row)
    return found + [_line(key, of_key, gathering.get(key, 0)) for key, of_key in rows.items()]


def versions(viewer: Who, key: str) -> list[Version]:
    """The versions of a form of the county's, the newest first; none for one of the shelf. Raises NotAllowed."""
    check_may(viewer, "form.read")
    rows = list(Form.objects.filter(key=key).defer("content").order_by("-version"))
    if not rows and key not in questionnaires():
        raise NotAllowed("no such form")
    names = _names(rows)
    return [_version(row, rows, names, viewer) for row in rows]


def content(viewer: Who, key: str, version: int | None = None) -> Questionnaire:
    """A form in that version, else as it is in force, else the newest; drafts too. Raises NotAllowed."""
    check_may(viewer, "form.read")
    if key in questionnaires():
        return questionnaires()[key]
    rows = Form.objects.filter(key=key)
    rows = rows if version is None else rows.filter(version=version)
    row = rows.filter(published_at__isnull=False, retired_at=None).first() or rows.order_by("version").last()
    if row is None:
        raise NotAllowed("no such form")
    return from_kept(row.content)


def draft(viewer: Who, form: UUID) -> Draft:
    """A form being made. Raises NotAllowed when there is none, or it is published by now."""
    check_may(viewer, "form.edit")
    row = Form.objects.filter(id=form, published_at=None).first()
    if row is None:
        raise NotAllowed("no such draft")
    return Draft(from_kept(row.content), _version(row, [row], _names([row]), viewer))


def keys() -> set[str]:
    """Every key that a form has."""
    return {*questionnaires(), *Form.objects.values_list("key", flat=True)}


def usage(viewer: Who, key: str, version: int) -> Usage:
    """Raises NotAllowed. What is counted is counted over everybody: nobody's answers are shown."""
    check_may(viewer, "form.read")
    with as_system():
        told: dict[str, Any] = Response.objects.filter(questionnaire=key).aggregate(
            under_way=Count("id", filter=Q(completed_at=None)),
            completed=Count("id", filter=Q(completed_at__isnull=False)),
            older=Count("id", filter=Q(completed_at__isnull=False) & ~Q(version=version)),
        )
        waiting = Invitation.objects.filter(questionnaire=key, answered_on=None, withdrawn_at=None).count()
    return Usage(
        collections=_open_collections().get(key, 0),
        invitations=waiting,
        under_way=_or_hidden(told["under_way"]),
        completed=_or_hidden(told["completed"]),
        of_older_versions=_or_hidden(told["older"]),
    )


def _or_hidden(count: int) -> int | None:
    return None if 0 < count < 5 else count


def _open_collections() -> dict[str, int]:
    still = Collection.objects.filter(Q(closes_at=None) | Q(closes_at__gt=now()))
    return dict(still.values_list("questionnaire").annotate(Count("id")))


def _line(key: str, rows: list[Form], uses: int) -> Listed:
    shown = next((row for row in rows if _state(row, rows) == "published"), rows[-1])
    under_way = next((row.id for row in rows if row.published_at is None), None)
    origin: Origin = "import" if rows[0].origin == "import" else "designer"
    return Listed(key, from_kept(shown.content), origin, _state(shown, rows), shown.changed_at, under_way, uses)


def _state(row: Form, rows: list[Form]) -> publishing.State:
    later = any(one.version > row.version and one.published_at is not None for one in rows)
    return publishing.state(
        proposed=row.proposed_at is not None, published=row.published_at is not None,
        retired=row.retired_at is not None, has_later=later,
    )  # fmt: skip


def _version(row: Form, rows: list[Form], names: dict[UUID, str], viewer: Who) -> Version:
    who = {
        part: names.get(getattr(row, f"{part}_id"), "")
        for part in ("made_by", "changed_by", "proposed_by", "published_by", "retired_by")
    }
    return Version(
        id=row.id, key=row.key, version=row.version, state=_state(row, rows), origin=row.origin, revision=row.revision,
        note=row.note, retired_why=row.retired_why, made_at=row.made_at, changed_at=row.changed_at,
        proposed_at=row.proposed_at, published_at=row.published_at, retired_at=row.retired_at,
        is_proposed_by_viewer=row.proposed_by_id is not None and row.proposed_by_id == viewer.id, **who,
    )  # fmt: skip


def _names(rows: list[Form]) -> dict[UUID, str]:
    ids = {
        one
        for row in rows
        for one in (row.made_by_id, row.changed_by_id, row.proposed_by_id, row.published_by_id, row.retired_by_id)
        if one is not None
    }
    return dict(names_of(ids)) if ids else {}
