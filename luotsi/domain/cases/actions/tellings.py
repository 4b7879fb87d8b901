"""Telling those who must be told of a matter: in child welfare the child and the guardian. Written once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.actions.road import keyed, locked, record_in
from luotsi.domain.cases.definitions import case_kinds, telling_ways
from luotsi.domain.cases.events import PartyTold
from luotsi.domain.cases.models import Case, Telling


@transaction.atomic
def tell(
    *, case: UUID, party: str, way: str, key: UUID, by: Who, at: datetime, when: datetime | None = None, note: str = ""
) -> Case:
    """A party was told of the matter, by default now. The same `key` again changes nothing; a wrong telling is not
    taken out, a new one follows it. Raises NotAllowed, NotPossible, KeyError (unknown party or way), WrongTime.
    """
    row = locked(case)
    access.check_write(by, row, "party.tell")
    if Telling.objects.filter(key=key, case=row).exists():
        return row
    if party not in {one.key for one in case_kinds()[row.kind].parties}:
        raise KeyError(party)
    when = when or at
    rules.check_when(when, opened_at=row.opened_at, at=at)
    with keyed():
        Telling.objects.create(
            key=key, case=row, party=party, way=telling_ways()[way].key, note=note, told_by_id=by.id, told_at=when
        )
    record_in(row, PartyTold(party=party), by=by, happened=when, at=at)
    return row
