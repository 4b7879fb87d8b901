"""Whose time may have passed: each person as a whole, with every record of theirs, and whether a legal hold stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from luotsi.domain.people.definitions import Anchor, RetentionRule
from luotsi.domain.people.models import LegalHold, Resident
from luotsi.domain.people.rules import gone_on, kept_from


@dataclass(frozen=True)
class Lifetime:
    """One person: the record that stands for them, all ids they are known by, and what their times are counted from."""

    id: UUID
    ids: tuple[UUID, ...]
    known: Mapping[Anchor, date]
    is_held: bool
    is_erased: bool

    def is_past(self, rule: RetentionRule, *, on: date, end: date | None = None) -> bool:
        """Whether nothing under this rule is kept of them on that day. `end`: when what it is about was over."""
        day = gone_on(rule.until, {**self.known, "end": end} if end else self.known)
        return day is not None and day <= on


def perhaps_past(rules: Iterable[RetentionRule], *, on: date) -> set[UUID]:
    """Records so old that one of the rules may let something of them go: by birth or death; `is_past` says for sure."""
    old = Q()
    for period in (period for rule in rules for period in rule.until):
        if period.after in _COLUMN:
            old |= Q(**{f"{_COLUMN[period.after]}__lt": kept_from(period, on)})
    return set(Resident.objects.filter(old, erased_at=None).values_list("id", flat=True)) if old else set()


def whole(residents: Collection[UUID]) -> list[UUID]:
    """The records that stand for these persons, each once, in an order that is the same every time."""
    rows = Resident.objects.filter(id__in=residents).values_list("id", "joined_into")
    return sorted({into or own for own, into in rows}, key=str)


def lifetimes(people: Collection[UUID], *, lock: bool = False) -> list[Lifetime]:
    """The persons for whom these records stand. With `lock` nobody puts a hold on them or changes them meanwhile.

    A record joined into another counts with it: birth as the whole record says, the last day of death that any says.
    """
    rows = Resident.objects.filter(Q(id__in=people) | Q(joined_into__in=people)).order_by("id")
    by_person: dict[UUID, list[Resident]] = defaultdict(list)
    for row in rows.select_for_update() if lock else rows:
        by_person[row.joined_into_id or row.id].append(row)
    held = _held({row.id for rows in by_person.values() for row in rows})
    return [_lifetime(person, rows, held) for person, rows in by_person.items() if person in set(people)]


def held_ids() -> set[UUID]:
    """Every id of everybody under a legal hold, the ids of records joined with theirs too."""
    held = set(LegalHold.objects.filter(lifted_at=None).values_list("resident_id", flat=True))
    people = whole(held)
    return {one for life in lifetimes(people) for one in life.ids} | held


def _lifetime(person: UUID, rows: list[Resident], held: set[UUID]) -> Lifetime:
    main = next(row for row in rows if row.id == person)
    known: dict[Anchor, date] = {"birth": main.birth_date} if main.birth_date else {}
    if died := [row.died_on for row in rows if row.died_on]:
        known["death"] = max(died)
    ids = tuple(row.id for row in rows)
    return Lifetime(person, ids, known, is_held=not held.isdisjoint(ids), is_erased=main.erased_at is not None)


def _held(ids: Collection[UUID]) -> set[UUID]:
    return set(LegalHold.objects.filter(lifted_at=None, resident_id__in=ids).values_list("resident_id", flat=True))


_COLUMN: dict[Anchor, str] = {"death": "died_on", "birth": "birth_date"}
