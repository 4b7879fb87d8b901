"""The services that organisations keep themselves, as their writers and the county's checkers see them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luotsi.base.now import local_day
from luotsi.base.text import sort_key
from luotsi.base.who import Who
from luotsi.domain.catalogue import access
from luotsi.domain.catalogue.models import Service, TrayEntry
from luotsi.domain.catalogue.rules import entries as rules
from luotsi.domain.catalogue.rules.entries import TRAY, Content, EntryState, EntryStep
from luotsi.domain.organisation.queries import names_of
from luotsi.domain.organisation.rules import NotAllowed, check_may, may

_ORDER: tuple[EntryState, ...] = ("returned", "sent", "checked", "draft", "published", "withdrawn")


@dataclass(frozen=True)
class EntryView:
    """One service of an organisation. `service` is its key where residents read it, "" when they do not.

    `steps`: what the viewer may do now. `lacks` and `changed`: as the rules say. `is_overdue`: its review day has come.
    """

    id: UUID
    unit: str
    state: EntryState
    content: Content
    shown: Content | None
    service: str
    review_on: date | None
    is_overdue: bool
    written_by: str
    written_at: datetime
    answered_by: str
    remark: str
    published_at: datetime | None
    steps: tuple[EntryStep, ...]
    lacks: tuple[str, ...]
    changed: tuple[str, ...]


def entries(*, viewer: Who, at: datetime) -> list[EntryView]:
    """Those of one's organisations; all of them for whoever checks. What waits for the viewer stands first. Three
    queries. Raises NotAllowed.
    """
    check_may(viewer, access.READ)
    rows = TrayEntry.objects.all()
    rows = rows if may(viewer, access.CHECK) else rows.filter(unit__in=list(viewer.units))
    found = _views(list(rows.order_by("id")), viewer, at)
    waits = {"sent"} if may(viewer, access.CHECK) else {"returned", "checked"}

    def place(one: EntryView) -> tuple[bool, bool, int, str]:
        return one.state not in waits, not one.is_overdue, _ORDER.index(one.state), sort_key(str(one.content.name))

    return sorted(found, key=place)


def entry(key: UUID, *, viewer: Who, at: datetime) -> EntryView:
    """One of them. Raises NotAllowed."""
    row = TrayEntry.objects.filter(id=key).first()
    if row is None or not access.sees(viewer, row.unit_id):
        raise NotAllowed("no such entry")
    return _views([row], viewer, at)[0]


def _views(rows: list[TrayEntry], viewer: Who, at: datetime) -> list[EntryView]:
    names = names_of({one for row in rows for one in (row.written_by_id, row.answered_by_id) if one})
    told = Service.objects.published().filter(source=TRAY, source_id__in=[str(row.id) for row in rows])
    keys = dict(told.values_list("source_id", "key"))
    today = local_day(at)
    return [_view(row, viewer, names, keys.get(str(row.id), ""), today) for row in rows]


def _view(row: TrayEntry, viewer: Who, names: dict[UUID, str], service: str, today: date) -> EntryView:
    content, shown = Content.of(row.draft), Content.of(row.shown) if row.shown else None
    is_writers = row.written_by_id == viewer.id
    return EntryView(
        id=row.id, unit=row.unit_id, state=rules.state(row), content=content, shown=shown, service=service,
        review_on=row.review_on,
        is_overdue=shown is not None and row.review_on is not None and row.review_on <= today,
        written_by=names.get(row.written_by_id, ""), written_at=row.written_at,
        answered_by=names.get(row.answered_by_id, "") if row.answered_by_id else "", remark=row.remark,
        published_at=row.published_at,
        steps=tuple(
            step for step in rules.steps(row)
            if access.can_take(viewer, step, row.unit_id) and not (step == "check" and is_writers)
        ),
        lacks=rules.lacks(content, row.review_on, on=today), changed=rules.changed(content, shown),
    )  # fmt: skip
