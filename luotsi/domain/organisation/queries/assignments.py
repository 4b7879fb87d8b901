"""What was given to whom, for the pages of those who give and take back. Two queries whatever the number of workers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from luotsi.base.text import sort_key
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.organisation import definitions, rules
from luotsi.domain.organisation.models import Assignment, AssignmentQuerySet, Staff
from luotsi.domain.organisation.rules import NotAllowed, State, Why


@dataclass(frozen=True)
class Given:
    """A role in a unit that somebody has, will have or waits for. `why_not`: what keeps the viewer from confirming."""

    id: UUID
    role: str
    unit: str
    valid_from: date
    valid_to: date | None
    source: str
    state: State
    ends_soon: bool = False
    why_not: Why | None = None


@dataclass(frozen=True)
class Listed:
    """A worker with what stands or waits for them now; `ends` is the first of its last days."""

    id: UUID
    name: str
    left_on: date | None
    given: tuple[Given, ...]

    @property
    def is_waiting(self) -> bool:
        return any(one.state == "waiting" for one in self.given)

    @property
    def ends_soon(self) -> bool:
        return any(one.ends_soon for one in self.given)

    @property
    def ends(self) -> date | None:
        """The directory's own days are left out: they are renewed at every sign-in."""
        days = (one.valid_to for one in self.given if one.valid_to and one.source != "directory")
        return min(days, default=None)


@dataclass(frozen=True)
class Story:
    """One assignment and who did what with it."""

    given: Given
    staff: UUID
    staff_name: str
    reason: str
    proposed_by: str
    proposed_at: datetime | None
    confirmed_by: str
    confirmed_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    end_reason: str
    can_end: bool


@dataclass(frozen=True)
class Worker:
    """A worker's page: what stands now, and what was."""

    id: UUID
    name: str
    mail: str
    provider: str
    left_on: date | None
    now: tuple[Story, ...]
    earlier: tuple[Story, ...]


def listed(
    *, viewer: Who, on: date, words: str = "", unit: str = "", role: str = "", sort: str = "name"
) -> list[Listed]:
    """Every worker with what stands or waits, in order of name or of what ends first ("-" for the other way).

    `unit` means its teams too. With a unit or a role only those who have it. Raises NotAllowed.
    """
    rules.check_may(viewer, "assignment.read")
    units = {unit, *(team.key for team in definitions.county().units if team.parent == unit)} if unit else set()
    found = []
    given = _given(viewer, on)
    for worker_id, name, left_on in Staff.objects.values_list("id", "name", "left_on"):
        own = tuple(given[worker_id])
        if _is_named(name, words) and _has(own, units, role):
            found.append(Listed(id=worker_id, name=name, left_on=left_on, given=own))
    keys = {
        "name": lambda one: (sort_key(one.name), one.id),
        "ends": lambda one: (one.ends or date.max, sort_key(one.name), one.id),
    }
    return sorted(found, key=keys[sort.removeprefix("-")], reverse=sort.startswith("-"))


def worker(*, viewer: Who, staff: UUID, on: date) -> Worker:
    """One worker's assignments, those of now first. Raises NotAllowed (or gone)."""
    rules.check_may(viewer, "assignment.read")
    person = Staff.objects.filter(id=staff).first()
    if person is None:
        raise NotAllowed("there is no such worker")
    rows = list(_with_names().filter(staff_id=staff).order_by("-valid_from", "role", "unit_id"))
    soon = _ending_soon(rows, on)
    stories = [_story(row, viewer=viewer, on=on, soon=soon) for row in rows]
    return Worker(
        id=person.id,
        name=person.name,
        mail=person.mail,
        provider=person.provider,
        left_on=person.left_on,
        now=tuple(one for one in stories if one.can_end),
        earlier=tuple(one for one in stories if not one.can_end),
    )


def story(*, viewer: Who, assignment: UUID, on: date) -> Story:
    """One assignment. Raises NotAllowed (or gone)."""
    rules.check_may(viewer, "assignment.read")
    row = _with_names().filter(id=assignment).first()
    if row is None:
        raise NotAllowed("there is no such assignment")
    return _story(row, viewer=viewer, on=on, soon=set())


def rights_of(staff: UUID, *, on: date) -> list[Given]:
    """Everything that one worker was ever given, the newest first. For the command line, which has no viewer."""
    rows = Assignment.objects.filter(staff_id=staff).order_by("-valid_from", "role", "unit_id")
    return [_one(row, viewer=SYSTEM, on=on, soon=set()) for row in rows]


def facts_of(row: Assignment) -> rules.Facts:
    """What the rules want to know of a row."""
    return rules.Facts(
        staff=row.staff_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        is_confirmed=row.confirmed_at is not None,
        is_ended=row.ended_at is not None,
        proposed_by=row.proposed_by_id,
        ended_by=row.ended_by_id,
    )


def _given(viewer: Who, on: date) -> dict[UUID, list[Given]]:
    """What stands, begins later or waits, by worker."""
    rows = Assignment.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), ended_at=None, staff__left_on=None)
    found: dict[UUID, list[Given]] = defaultdict(list)
    every = list(rows.defer("reason", "end_reason", "proposed_at").order_by("valid_from", "role", "unit_id"))
    soon = _ending_soon(every, on)
    for row in every:
        found[row.staff_id].append(_one(row, viewer=viewer, on=on, soon=soon))
    return found


def _one(row: Assignment, *, viewer: Who, on: date, soon: set[UUID]) -> Given:
    facts = facts_of(row)
    state = rules.state_of(facts, on=on)
    return Given(
        id=row.id,
        role=row.role,
        unit=row.unit_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=row.source,
        state=state,
        ends_soon=row.id in soon,
        why_not=rules.why_not_confirm(facts, by=viewer.id, on=on) if state == "waiting" else None,
    )


def _ending_soon(rows: Iterable[Assignment], on: date) -> set[UUID]:
    """Those that end within the county's notice and that nothing confirmed follows."""
    horizon = on + timedelta(days=definitions.county().grants.ends_soon_days)
    ends: dict[tuple[UUID, str, str], date] = {}
    confirmed = [row for row in rows if row.confirmed_at and row.ended_at is None and row.source != "directory"]
    for row in confirmed:
        place = (row.staff_id, row.role, row.unit_id)
        ends[place] = max(ends.get(place, date.min), row.valid_to or date.max)
    last = {(*place, day) for place, day in ends.items() if on <= day <= horizon}
    return {row.id for row in confirmed if (row.staff_id, row.role, row.unit_id, row.valid_to) in last}


def _story(row: Assignment, *, viewer: Who, on: date, soon: set[UUID]) -> Story:
    facts = facts_of(row)
    return Story(
        given=_one(row, viewer=viewer, on=on, soon=soon),
        staff=row.staff_id,
        staff_name=row.staff.name,
        reason=row.reason,
        proposed_by=_name(row.proposed_by),
        proposed_at=row.proposed_at,
        confirmed_by=_name(row.confirmed_by),
        confirmed_at=row.confirmed_at,
        ended_by=_name(row.ended_by),
        ended_at=row.ended_at,
        end_reason=row.end_reason,
        can_end=rules.can_end(facts, on=on),
    )


def _with_names() -> AssignmentQuerySet:
    return Assignment.objects.select_related("staff", "proposed_by", "confirmed_by", "ended_by")


def _name(person: Staff | None) -> str:
    return person.name if person else ""


def _has(given: tuple[Given, ...], units: set[str], role: str) -> bool:
    if not units and not role:
        return True
    return any((not units or one.unit in units) and role in {"", one.role} for one in given)


def _is_named(name: str, words: str) -> bool:
    """Whether every word is a part of the name."""
    return all(word in name.casefold() for word in words.casefold().split())
