"""Who must be told of a matter, until when, and who was told when. Of a case that the reader has opened."""

from dataclasses import dataclass
from datetime import datetime

from luotsi.base.now import local_day
from luotsi.domain.cases import rules
from luotsi.domain.cases.definitions import Party
from luotsi.domain.cases.models import Telling
from luotsi.domain.cases.queries.one import CaseView
from luotsi.domain.clocks.queries import ClockChip


@dataclass(frozen=True)
class TellingView:
    """One time that somebody was told."""

    party: str
    way: str
    note: str
    at: datetime
    by: str


@dataclass(frozen=True)
class ToBeTold:
    """A party and one contact of which it must be told: `chip` is the clock of the limit, `state` how it stands."""

    party: Party
    chip: ClockChip | None
    told: datetime | None
    state: rules.ToldState


def tellings_of(case: CaseView) -> tuple[TellingView, ...]:
    rows = Telling.objects.filter(case=case.id).select_related("told_by").order_by("told_at", "id")
    return tuple(TellingView(row.party, row.way, row.note, row.told_at, row.told_by.name) for row in rows)


def to_be_told(case: CaseView, tellings: tuple[TellingView, ...]) -> tuple[ToBeTold, ...]:
    """Each party once for each contact that opened a limit: what was told before the contact came does not count."""
    return tuple(_of(party, chip, case, tellings) for party in case.kind.parties for chip in _limits_of(party, case))


def _limits_of(party: Party, case: CaseView) -> tuple[ClockChip | None, ...]:
    """The clock of each contact; one without, where the law sets no limit."""
    return tuple(one for one in case.chips if one.line == party.line) or (None,)


def _of(party: Party, chip: ClockChip | None, case: CaseView, tellings: tuple[TellingView, ...]) -> ToBeTold:
    since = chip.started if chip else case.opened_at
    told = min((one.at for one in tellings if one.party == party.key and one.at >= since), default=None)
    standing = rules.Told(due=chip.due if chip else None, told=told)
    return ToBeTold(party, chip, told, standing.state(on=local_day(case.read_at)))
