"""The guidance desk points to a service of the catalogue, and writes down what came of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.actions.opening import open_elsewhere
from luotsi.domain.cases.actions.road import keyed, locked, record_in
from luotsi.domain.cases.definitions import consents_between, direction_results
from luotsi.domain.cases.events import DirectionFollowed, ServiceDirected
from luotsi.domain.cases.models import Case, Direction
from luotsi.domain.cases.rules.referral import NoConsent
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people import queries as people


@transaction.atomic
def direct(*, case: UUID, service: str, why: str, key: UUID, by: Who, at: datetime, opens: bool = False) -> Direction:
    """Point to a service, with the reason. `opens`: the resident wants that the matter goes there at once, so a case
    opens in the unit that receives it. The same `key` again answers the same direction.

    Raises NotAllowed, KeyError (no such service), NotPossible (a closed case; nobody there to open a case), NoConsent
    (the resident has said no to sending their matters there), ValueError (no reason).
    """
    row = locked(case)
    access.check_write(by, row, "service.direct")
    if earlier := Direction.objects.filter(key=key, case=row).first():
        return earlier
    if row.closed_at is not None:
        raise rules.NotPossible("a closed matter is not led on")
    if not why.strip():
        raise ValueError("Write why this service.")
    found = catalogue.service_page(service, "fi", people.person(row.resident_id).municipality or None, at)
    if found is None:
        raise KeyError(service)
    opened = _open(row, found, why, by, at) if opens else None
    with keyed():
        direction = Direction.objects.create(
            key=key, case=row, service=service, why=why, opened=opened, given_by_id=by.id, given_at=at
        )
    fact = ServiceDirected(service_key=service, opened=opened.id if opened else None)
    record_in(row, fact, by=by, at=at)
    _disclose(direction, row, by)
    return direction


@transaction.atomic
def tell_result(*, direction: UUID, result: str, by: Who, at: datetime) -> Direction:
    """What came of it: a key of content/direction_results. A later word replaces an earlier one; both stay as events.

    Raises NotAllowed, KeyError.
    """
    row = locked(Direction.objects.values_list("case_id", flat=True).get(id=direction))
    access.check_write(by, row, "service.direct")
    return _follow(direction, row, result, by=by, at=at)


@transaction.atomic
def tell_own_result(*, direction: UUID, result: str, by: Who, at: datetime) -> Direction:
    """The resident's own word of what came of it, as tell_result. Raises NotAllowed, KeyError."""
    row = locked(Direction.objects.values_list("case_id", flat=True).get(id=direction))
    access.check_own(by, row)
    return _follow(direction, row, result, by=by, at=at)


def _follow(direction: UUID, row: Case, result: str, *, by: Who, at: datetime) -> Direction:
    given = Direction.objects.select_for_update().get(id=direction)
    if result not in direction_results():
        raise KeyError(result)
    if given.result != result:
        given.result, given.result_at = result, at
        given.save(update_fields=["result", "result_at"])
        record_in(row, DirectionFollowed(service_key=given.service, result=result), by=by, at=at)
    return given


def _open(row: Case, service: catalogue.ServicePage, why: str, by: Who, at: datetime) -> Case:
    if not service.case_kind or not service.unit or service.unit == row.unit_id:
        raise rules.NotPossible("no other unit of ours receives a matter for this service")
    for purpose in consents_between(row.register, service.unit):
        if people.has_refused(row.resident_id, purpose):
            raise NoConsent(purpose)
    return open_elsewhere(
        source=row.id, kind=service.case_kind, service=service.key, unit=service.unit, told=why, by=by,
        written_by=by.id, at=at,
    )  # fmt: skip


def _disclose(direction: Direction, row: Case, by: Who) -> None:
    """The reason has left the register in which it was told, because the resident wished it: a row of the disclosure
    log. Their word holds for this once and is no standing consent.
    """
    opened = direction.opened
    if opened is not None and opened.register != row.register:
        name = organisation.unit_names()[opened.unit_id].fi
        events.disclosed(
            by, resident=row.resident_id, recipient=name, what="referral", ground="consent", subject=direction.id
        )
