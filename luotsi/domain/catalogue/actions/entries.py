"""A municipality or an association keeps its own services: written, checked by the county, published.

What is published goes the way of everything that a source tells: one taking in, so that the finder knows it at once.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.text import LANGUAGES, Text
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.catalogue import access, definitions, ports
from luotsi.domain.catalogue.actions.taking import take_in
from luotsi.domain.catalogue.events import EntryMoved
from luotsi.domain.catalogue.models import Service, ServiceUnit, TrayEntry
from luotsi.domain.catalogue.rules import entries as rules
from luotsi.domain.catalogue.rules.entries import TRAY, Content, EntryStep, NotPossible
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed


@transaction.atomic
def begin(*, key: UUID, unit: str, content: Content, review_on: date | None, by: Who, at: datetime) -> TrayEntry:
    """A new service of one's own organisation, as a draft. The same `key` again makes nothing. Raises NotAllowed."""
    access.check_take(by, "write", unit)
    if known := TrayEntry.objects.filter(key=key, unit=unit).first():
        return known
    entry = TrayEntry.objects.create(
        key=key, unit_id=unit, draft=content.to_store(), review_on=review_on, written_by_id=by.id, written_at=at
    )
    _tell(entry, "write", by=by, at=at)
    return entry


@transaction.atomic
def rewrite(
    *, entry: UUID, content: Content, review_on: date | None, seen: datetime, by: Who, at: datetime
) -> TrayEntry:
    """Write it anew: a draft again, while residents go on reading what was published.

    `seen`: when what the writer began from was written. Raises NotAllowed, NotPossible (somebody wrote in between).
    """
    row = _locked(entry, "write", by)
    if row.written_at != seen:
        raise NotPossible("somebody else has written it meanwhile")
    if (row.draft, row.review_on) == (content.to_store(), review_on):
        return row
    row.draft, row.review_on = content.to_store(), review_on
    row.written_by_id, row.written_at = by.id, at
    row.sent_at = row.checked_at = row.returned_at = row.answered_by_id = None
    return _saved(row, "write", by=by, at=at)


@transaction.atomic
def send(*, entry: UUID, by: Who, at: datetime) -> TrayEntry:
    """Ask the county to check it. Raises NotAllowed, NotPossible (with what it lacks)."""
    row = _locked(entry, "send", by)
    if lacking := rules.lacks(Content.of(row.draft), row.review_on, on=local_day(at)):
        raise NotPossible("it is not whole yet", lacking)
    row.sent_at, row.remark = at, ""
    return _saved(row, "send", by=by, at=at)


@transaction.atomic
def check(*, entry: UUID, by: Who, at: datetime) -> TrayEntry:
    """It can be published. Raises NotAllowed, also for whoever wrote it, and NotPossible."""
    row = _locked(entry, "check", by)
    if row.written_by_id == by.id:
        raise NotAllowed("somebody else checks what one has written")
    row.answered_by_id, row.checked_at = by.id, at
    return _saved(row, "check", by=by, at=at)


@transaction.atomic
def give_back(*, entry: UUID, remark: str, by: Who, at: datetime) -> TrayEntry:
    """It needs mending, and what. Raises NotAllowed, NotPossible, ValueError (no remark)."""
    if not remark.strip():
        raise ValueError("Write what to mend.")
    row = _locked(entry, "return", by)
    row.answered_by_id, row.returned_at, row.remark = by.id, at, remark.strip()
    return _saved(row, "return", by=by, at=at)


@transaction.atomic
def publish(*, entry: UUID, by: Who, at: datetime) -> TrayEntry:
    """Residents find it from now on, as it was checked. Raises NotAllowed, NotPossible."""
    row = _locked(entry, "publish", by)
    row.shown, row.published_at, row.withdrawn_at = row.draft, at, None
    _saved(row, "publish", by=by, at=at)
    tell_catalogue(at=at)
    return row


@transaction.atomic
def withdraw(*, entry: UUID, by: Who, at: datetime) -> TrayEntry:
    """Residents find it no more; nothing is deleted. Raises NotAllowed, NotPossible."""
    row = _locked(entry, "withdraw", by)
    row.shown, row.withdrawn_at = None, at
    _saved(row, "withdraw", by=by, at=at)
    tell_catalogue(at=at)
    return row


def tell_catalogue(*, at: datetime) -> None:
    """Make the catalogue say what is published here, all of it: running it again changes nothing."""
    rows = list(TrayEntry.objects.exclude(shown=None).order_by("id"))
    told = [_told(row) for row in rows]
    services = tuple(service for service, _ in told)
    take_in(ports.Told(TRAY, services, tuple(way for _, ways in told for way in ways)), by=SYSTEM, at=at)
    units = {str(row.id): row.unit_id for row in rows}
    for service in Service.objects.published().filter(source=TRAY, source_id__in=units):
        ServiceUnit.objects.get_or_create(service=service, unit_id=units[service.source_id])


def _told(row: TrayEntry) -> tuple[ports.ToldService, tuple[ports.ToldChannel, ...]]:
    content, number = Content.of(row.shown or {}), str(row.id)
    kind = definitions.tray_kinds()[content.kind]
    ways = tuple(_ways(content, number))
    service = ports.ToldService(
        id=number, name=content.name, summary=content.summary, description=content.description,
        user_instruction=content.coming, next_steps=Text(fi=""), cost=content.cost,
        words={one: kind.words.in_language(one) for one in LANGUAGES},
        provider=organisation.unit_names()[row.unit_id], municipalities=content.municipalities, audience=(),
        service_class=kind.service_class, life_events=(), channels=tuple(way.id for way in ways),
        changed_on=local_day(row.published_at) if row.published_at else None,
    )  # fmt: skip
    return service, ways


def _ways(content: Content, number: str) -> list[ports.ToldChannel]:
    told: dict[str, Any] = {"name": content.name, "summary": content.summary, "municipalities": content.municipalities}
    phones = (("", content.phone),) if content.phone else ()
    found = []
    if content.street:
        office = Text(fi=content.post_office)
        place = ports.ToldPlace(content.street, content.postcode, office, content.municipality)
        found.append(ports.ToldChannel(f"{number}-place", "ServiceLocation", phones=phones, places=(place,), **told))
    elif phones:
        found.append(ports.ToldChannel(f"{number}-phone", "Phone", phones=phones, **told))
    if content.url:
        found.append(ports.ToldChannel(f"{number}-web", "WebPage", addresses=(("", content.url),), **told))
    return found


def _locked(entry: UUID, step: EntryStep, by: Who) -> TrayEntry:
    row = TrayEntry.objects.select_for_update().filter(id=entry).first()
    if row is None or not access.sees(by, row.unit_id):
        raise NotAllowed("no such entry")
    access.check_take(by, step, row.unit_id)
    rules.check_can(step, row)
    return row


def _saved(row: TrayEntry, step: EntryStep, *, by: Who, at: datetime) -> TrayEntry:
    row.save()
    _tell(row, step, by=by, at=at)
    return row


def _tell(row: TrayEntry, step: EntryStep, *, by: Who, at: datetime) -> None:
    events.record(EntryMoved(row.id, step), by=by, at=at, subject=row.id, where=events.Dimensions(unit=row.unit_id))
