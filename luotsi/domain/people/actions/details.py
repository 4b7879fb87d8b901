"""What the county knows of a resident besides the name: contact points, protection order, death."""

import hashlib
import hmac
import secrets
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.people import rules
from luotsi.domain.people.events import ContactConfirmed, DeathRecorded, ProtectionChanged, ResidentChanged
from luotsi.domain.people.models import ContactCheck, Resident

CHANGEABLE = ("language", "mail", "phone", "street", "postal_code", "town", "municipality")


class WrongCode(Exception):
    """The code is wrong, too old or was tried too often. The person asks for a new one."""


@transaction.atomic
def change_details(*, resident: UUID, by: Who, at: datetime, **said: str) -> list[str]:
    """Change contact details and language; a changed mail or phone is unverified again. Answers what changed.

    Raises NotAllowed, KeyError (a field that is not changed here).
    """
    _check_may_change(resident, by)
    row = Resident.objects.select_for_update().get(id=resident)
    changed = [name for name, value in said.items() if getattr(row, CHANGEABLE[CHANGEABLE.index(name)]) != value]
    if not changed:
        return []
    for name in changed:
        setattr(row, name, said[name])
    if "mail" in changed:
        row.mail_verified_at = None
    if "phone" in changed:
        row.phone_verified_at = None
    row.save()
    events.record(ResidentChanged(fields=sorted(changed)), by=by, at=at, resident=resident)
    return changed


@transaction.atomic
def send_code(*, resident: UUID, kind: str, value: str, by: Who, at: datetime) -> tuple[ContactCheck, str]:
    """Begin to verify an address: answers the check and the code of six digits, for the caller to deliver there."""
    _check_may_change(resident, by)
    code = f"{secrets.randbelow(1_000_000):06d}"
    check = ContactCheck(resident_id=resident, kind=kind, value=value, sent_at=at)
    check.code_hash = _hash(check.id, code)
    check.save(force_insert=True)
    return check, code


def confirm_contact(*, resident: UUID, code: str, by: Who, at: datetime) -> str:
    """The resident read the code where it was sent: the address is theirs. Answers the kind (mail or phone).

    Raises WrongCode; a wrong guess is counted, so it is committed even then.
    """
    _check_may_change(resident, by)
    with transaction.atomic():
        check = ContactCheck.objects.select_for_update().filter(resident_id=resident).order_by("-sent_at", "id").first()
        if check is None:
            raise WrongCode
        standing = rules.Check(check.sent_at, check.tries, check.confirmed_at is not None)
        is_right = rules.can_confirm(standing, at) and hmac.compare_digest(
            bytes(check.code_hash), _hash(check.id, code)
        )
        check.tries += 1
        check.confirmed_at = at if is_right else check.confirmed_at
        check.save(update_fields=["tries", "confirmed_at"])
        if is_right:
            verified = {check.kind: check.value, f"{check.kind}_verified_at": at}
            Resident.objects.filter(id=resident).update(**verified)
            events.record(ContactConfirmed(which=check.kind, how="code"), by=by, at=at, resident=resident)
    if not is_right:
        raise WrongCode
    return check.kind


@transaction.atomic
def vouch_for_contact(*, resident: UUID, kind: str, by: Who, at: datetime) -> None:
    """A worker has checked in person that the number or address is the resident's. Raises NotAllowed."""
    check_may(by, "person.register")
    Resident.objects.filter(id=resident).update(**{f"{kind}_verified_at": at})
    events.record(ContactConfirmed(which=kind, how="worker"), by=by, at=at, resident=resident)


@transaction.atomic
def link_staff(*, resident: UUID, staff: UUID, by: Who, at: datetime) -> None:
    """This resident works for the county as that staff member: for telling when colleagues look at each other's data.

    Raises NotAllowed.
    """
    if by.kind != "system":
        check_may(by, "assignment.propose")
    Resident.objects.filter(id=resident).update(works_as=staff)
    events.record(ResidentChanged(fields=["works_as"]), by=by, at=at, resident=resident)


@transaction.atomic
def set_protection(*, resident: UUID, is_on: bool, by: Who, at: datetime, until: date | None = None) -> None:
    """Record or lift a protection order (turvakielto): contact data and place are masked everywhere while it holds.

    Raises NotAllowed.
    """
    check_may(by, "person.register")
    since = local_day(at) if is_on else None
    Resident.objects.filter(id=resident).update(protected_from=since, protected_until=until if is_on else None)
    fact = ProtectionChanged(is_on=is_on, until=until if is_on else None)
    events.record(fact, by=by, at=at, resident=resident)


@transaction.atomic
def record_death(*, resident: UUID, died_on: date | None, by: Who, at: datetime) -> None:
    """Record the day of death, or None to mend a mistake. Raises NotAllowed, NotPossible."""
    check_may(by, "person.register")
    row = Resident.objects.select_for_update().get(id=resident)
    if died_on is not None and not (row.birth_date or died_on) <= died_on <= local_day(at):
        raise rules.NotPossible("The day of death is between the birth date and today.")
    row.died_on = died_on
    row.save(update_fields=["died_on"])
    events.record(DeathRecorded(died_on=died_on), by=by, at=at, resident=resident)


@transaction.atomic
def record_birth_date(*, resident: UUID, birth_date: date, by: Who, at: datetime) -> bool:
    """Record when somebody was born who was registered without it, or mend what was recorded. Answers whether that
    changed anything.

    The reactions count anew what depends on the age. Raises NotAllowed, NotPossible: the code carries the date, or the
    day is in the future, before 1850 or after the death.
    """
    check_may(by, "person.register")
    row = Resident.objects.select_for_update(of=("self",)).get(id=resident)
    if row.joined_into_id or not rules.is_date_open(has_temporary_code=row.has_temporary_code, code=_code(row)):
        raise rules.NotPossible("The identity code says when this person was born.")
    if not rules.OLDEST <= birth_date <= min(local_day(at), row.died_on or date.max):
        raise rules.NotPossible("The birth date is not in the future, not before 1850 and not after the death.")
    if row.birth_date == birth_date:
        return False
    row.birth_date = birth_date
    row.save(update_fields=["birth_date"])
    events.record(ResidentChanged(fields=["birth_date"]), by=by, at=at, resident=resident)
    return True


def _code(row: Resident) -> str:
    return rules.decrypt_identity(bytes(row.identity_code), settings.IDENTITY_KEY) if row.identity_code else ""


def _check_may_change(resident: UUID, by: Who) -> None:
    check_may(by, "own.change" if by.is_resident else "person.register")
    if by.is_resident and resident not in by.own_ids:
        raise NotAllowed("these details are not theirs to change")


def _hash(check: UUID, code: str) -> bytes:
    key = bytes.fromhex(settings.IDENTITY_KEY)
    return hmac.new(key, f"{check}:{code.strip()}".encode(), hashlib.sha256).digest()
