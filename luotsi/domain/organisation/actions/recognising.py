"""What the directory of staff says when somebody signs in: who they are, and by their groups what they may do."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import rules
from luotsi.domain.organisation.actions.granting import close
from luotsi.domain.organisation.events import AssignmentGranted, AssignmentRenewed, StaffRecognised
from luotsi.domain.organisation.models import Assignment, Staff

_ONE_DAY = timedelta(days=1)


@transaction.atomic
def recognise(
    *, provider: str, subject: str, name: str, mail: str, groups: Collection[str], at: datetime
) -> Staff | None:
    """The worker whom the directory calls `subject`, with the roles that their groups give until the session ends.

    What a group gave and no longer gives ends at once. None when they have no role now, or have left; a stranger
    without one leaves no trace. `provider` is the key of a file in content/directory. The mail identifies nobody:
    only the subject does.
    """
    given = rules.given_by(provider, groups)
    person = _known(provider, subject, name=name, mail=mail, is_wanted=bool(given), at=at)
    if person is None or person.left_on:
        return None
    _renew(person, given, at=at)
    return person if Assignment.objects.in_force(local_day(at)).filter(staff=person).exists() else None


def _known(provider: str, subject: str, *, name: str, mail: str, is_wanted: bool, at: datetime) -> Staff | None:
    """The worker's row, made when a group wants it, with the name and mail as the directory writes them now."""
    if not subject:
        return None
    details = {"name": _clean(name) or _clean(mail) or "–", "mail": _mail(mail)}
    is_new = is_wanted and Staff.objects.get_or_create(provider=provider, subject=subject, defaults=details)[1]
    person = Staff.objects.select_for_update().filter(provider=provider, subject=subject).first()
    if person is None:
        return None
    if is_new or (person.name, person.mail) != (details["name"], details["mail"]):
        person.name, person.mail = details["name"], details["mail"]
        person.save(update_fields=["name", "mail"])
        fact = StaffRecognised(staff=person.id, provider=provider, is_new=is_new)
        events.record(fact, by=SYSTEM, at=at, subject=person.id)
    return person


def _renew(person: Staff, given: set[tuple[str, str]], *, at: datetime) -> None:
    """Every given role holds until the session's last day; every other one of the directory's ends."""
    today, until = local_day(at), rules.last_day_of_session(at)
    rows = person.assignments.filter(source="directory", ended_at=None, valid_to__gte=today - _ONE_DAY)
    held = {(row.role, row.unit_id): row for row in rows.order_by("valid_to")}
    for role, unit in sorted(given):
        row = held.pop((role, unit), None)
        if row is None:
            _grant(person.id, role, unit, today=today, until=until, at=at)
        elif row.valid_to != until:
            row.valid_to = until
            row.save(update_fields=["valid_to"])
            fact = AssignmentRenewed(staff=person.id, role=role, valid_to=until)
            events.record(fact, by=SYSTEM, at=at, subject=row.id, where=events.Dimensions(unit=unit))
    for row in held.values():
        if row.valid_to is None or row.valid_to >= today:
            close(row, by=SYSTEM, at=at, reason="")


def _grant(staff: UUID, role: str, unit: str, *, today: date, until: date, at: datetime) -> None:
    row = Assignment.objects.create(
        staff_id=staff, unit_id=unit, role=role, valid_from=today, valid_to=until, source="directory", confirmed_at=at
    )
    fact = AssignmentGranted(staff=staff, role=role, source="directory", valid_to=until)
    events.record(fact, by=SYSTEM, at=at, subject=row.id, where=events.Dimensions(unit=unit))


def _clean(words: str) -> str:
    """One line without control characters, of a length that a page can show."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())[:200]


def _mail(words: str) -> str:
    try:
        validate_email(words)
    except ValidationError:
        return ""
    return words if len(words) <= 254 else ""
