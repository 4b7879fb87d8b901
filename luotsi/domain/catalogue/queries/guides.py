"""Guides as residents read them, and as those who keep them see them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from luotsi.base.text import Language, Text, sort_key
from luotsi.base.who import Who
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.definitions import Guide as Written
from luotsi.domain.catalogue.models import Guide, Service, ServiceCollection
from luotsi.domain.catalogue.queries.notices import Safety, as_safety
from luotsi.domain.catalogue.queries.ways import as_text
from luotsi.domain.catalogue.rules.guides import Known, State, is_due, state_of
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.queries import names_of
from luotsi.domain.organisation.rules import NotAllowed, check_may


@dataclass(frozen=True)
class Link:
    """A guide or service by its name and summary. `language` is that of its texts where it is not the reader's."""

    key: str
    name: str
    summary: str
    language: str = ""


@dataclass(frozen=True)
class Collected:
    """A collection of the national catalogue with its published services."""

    name: str
    summary: str
    services: tuple[Link, ...]
    language: str = ""


@dataclass(frozen=True)
class GuidePage:
    """A guide as it is read. `above` is the guide on whose page it stands, `below` those on its own."""

    key: str
    text: Written
    checked_at: datetime | None
    above: Link | None
    below: tuple[Link, ...]
    services: tuple[Link, ...]
    collections: tuple[Collected, ...]
    notice: Safety | None


@dataclass(frozen=True)
class Version:
    """One version as its keepers see it. Names are of workers, "" when it came with the system."""

    id: UUID
    key: str
    version: int
    text: Written
    state: State
    origin: str
    note: str
    review_on: date
    revision: int
    made_by: str
    made_at: datetime
    changed_by: str
    changed_at: datetime
    published_by: str
    published_at: datetime | None
    ended_by: str
    ended_at: datetime | None


@dataclass(frozen=True)
class Kept:
    """A guide as a line of its keepers' list: the version that is read, else the newest. `draft` is being made."""

    shown: Version
    draft: UUID | None
    is_due: bool


def written(row: Guide) -> Written:
    return Written.model_validate({**row.content, "key": row.key, "review_on": row.review_on})


def known() -> Known:
    """What a guide may name now. Three queries."""
    rows = list(_in_force().values_list("key", "content"))
    return Known(
        services=frozenset(Service.objects.published().values_list("key", flat=True)),
        collections=frozenset(ServiceCollection.objects.published().values_list("key", flat=True)),
        guides=frozenset(key for key, _ in rows),
        below=frozenset(key for key, content in rows if content["part_of"]),
        units=frozenset(organisation.unit_names()),
        notices=frozenset(notice.key for notice in definitions.safety_notices()),
    )


def guides(language: Language) -> tuple[tuple[Link, tuple[Link, ...]], ...]:
    """Each guide that stands alone, with those on its page. One query."""
    found = [written(row) for row in _in_force()]
    below: dict[str, list[Written]] = defaultdict(list)
    for one in _in_order(found):
        below[one.part_of].append(one)
    return tuple((_link(one, language), tuple(_link(each, language) for each in below[one.key])) for one in below[""])


def guide_page(key: str, language: Language) -> GuidePage | None:
    """A guide that is read; None when there is none. Five queries at most."""
    row = _in_force().filter(key=key).first()
    return _page(row, language) if row else None


def guide_names() -> dict[str, Text]:
    """The name of each guide that is read, by its key. One query."""
    return {one.key: one.name for one in map(written, _in_force())}


def preview(viewer: Who, guide: UUID, language: Language) -> GuidePage:
    """A version as it would be read, drafts and earlier ones too. Raises NotAllowed."""
    check_may(viewer, "guide.edit")
    row = Guide.objects.filter(id=guide).first()
    if row is None:
        raise NotAllowed("no such version")
    return _page(row, language)


def listed(viewer: Who, *, today: date) -> tuple[Kept, ...]:
    """Every guide, those that are to be read again first. Raises NotAllowed."""
    check_may(viewer, "catalogue.read")
    by_key: dict[str, list[Version]] = defaultdict(list)
    for one in _versions(Guide.objects.all()):
        by_key[one.key].append(one)
    rows = [_kept(versions, today) for versions in by_key.values()]
    return tuple(sorted(rows, key=lambda row: (not row.is_due, row.shown.state, sort_key(row.shown.text.name.fi))))


def versions(viewer: Who, key: str) -> tuple[Version, ...]:
    """The versions of a guide, the newest first. Raises NotAllowed: also when there is none."""
    check_may(viewer, "catalogue.read")
    found = _versions(Guide.objects.filter(key=key))
    if not found:
        raise NotAllowed("no such guide")
    return tuple(found)


def draft(viewer: Who, guide: UUID) -> Version:
    """A draft. Raises NotAllowed when there is none, or it is published by now."""
    check_may(viewer, "guide.edit")
    row = Guide.objects.filter(id=guide, published_at=None).first()
    if row is None:
        raise NotAllowed("no such draft")
    return next(one for one in _versions(Guide.objects.filter(key=row.key)) if one.id == row.id)


def choices(language: Language) -> dict[str, list[tuple[str, str]]]:
    """What whoever writes a guide may choose: services, collections, and guides that others may stand under."""
    services = Service.objects.published().values_list("key", "name")
    collections = ServiceCollection.objects.published().values_list("key", "name")
    alone = [one for one in map(written, _in_force()) if not one.part_of]
    return {
        "services": _sorted((key, as_text(name).in_language(language)) for key, name in services),
        "collections": _sorted((key, as_text(name).in_language(language)) for key, name in collections),
        "guides": _sorted((one.key, one.name.in_language(language)) for one in alone),
    }


def _sorted(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: sort_key(pair[1]))


def _in_force() -> QuerySet[Guide]:
    return Guide.objects.filter(published_at__isnull=False, ended_at=None)


def _in_order(found: Iterable[Written]) -> list[Written]:
    return sorted(found, key=lambda one: (one.order, one.key))


def _page(row: Guide, language: Language) -> GuidePage:
    text = written(row)
    others = [written(one) for one in _in_force()]
    notices = {notice.key: notice for notice in definitions.safety_notices()}
    found = _services_by_key(text.services, language)
    return GuidePage(
        key=row.key,
        text=text,
        checked_at=row.published_at,
        above=next((_link(one, language) for one in others if one.key == text.part_of), None),
        below=tuple(_link(one, language) for one in _in_order(others) if one.part_of == row.key),
        services=tuple(found[key] for key in text.services if key in found),
        collections=_collections(text.collections, language),
        notice=as_safety(notices[text.notice], language) if text.notice in notices else None,
    )


def _link(guide: Written, language: Language) -> Link:
    return Link(guide.key, guide.name.in_language(language), guide.summary.in_language(language))


def _services_by_key(keys: Collection[str], language: Language) -> dict[str, Link]:
    return {row.key: _service(row, language) for row in Service.objects.published().filter(key__in=keys)}


def _service(row: Service, language: Language) -> Link:
    name = as_text(row.name)
    return _said(row.key, name, as_text(row.summary), language)


def _said(key: str, name: Text, summary: Text, language: Language) -> Link:
    other = name.language_of(language)
    return Link(key, name.in_language(language), summary.in_language(language), other if other != language[:2] else "")


def _collections(keys: Collection[str], language: Language) -> tuple[Collected, ...]:
    rows = ServiceCollection.objects.published().filter(key__in=keys).prefetch_related("services")
    by_key = {row.key: row for row in rows}
    return tuple(_collected(by_key[key], language) for key in keys if key in by_key)


def _collected(row: ServiceCollection, language: Language) -> Collected:
    said = _said(row.key, as_text(row.name), as_text(row.description), language)
    services = [_service(one, language) for one in row.services.all() if one.unpublished_at is None]
    return Collected(
        said.name, said.summary, tuple(sorted(services, key=lambda one: sort_key(one.name))), said.language
    )


def _kept(versions: list[Version], today: date) -> Kept:
    newest = versions[0]
    shown = next((one for one in versions if one.state == "published"), newest)
    draft = newest.id if newest.state == "draft" else None
    return Kept(shown, draft, shown.state == "published" and is_due(shown.review_on, today))


def _versions(rows: QuerySet[Guide]) -> list[Version]:
    """The newest first."""
    found = list(rows.order_by("key", "-version"))
    workers = {id for row in found for id in (row.made_by_id, row.changed_by_id, row.published_by_id, row.ended_by_id)}
    names = names_of({id for id in workers if id})
    published: dict[str, int] = {}
    for row in found:
        if row.published_at is not None:
            published.setdefault(row.key, row.version)
    return [_version(row, names, is_newest=published.get(row.key) == row.version) for row in found]


def _version(row: Guide, names: dict[UUID, str], *, is_newest: bool) -> Version:
    state = state_of(is_published=row.published_at is not None, is_ended=row.ended_at is not None, is_newest=is_newest)
    return Version(
        id=row.id, key=row.key, version=row.version, text=written(row), state=state, origin=row.origin, note=row.note,
        review_on=row.review_on, revision=row.revision, made_by=names.get(row.made_by_id, ""), made_at=row.made_at,
        changed_by=names.get(row.changed_by_id, ""), changed_at=row.changed_at,
        published_by=names.get(row.published_by_id, ""), published_at=row.published_at,
        ended_by=names.get(row.ended_by_id, ""), ended_at=row.ended_at,
    )  # fmt: skip
