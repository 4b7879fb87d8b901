"""What has passed its time goes, once a day: documents and people in batches, then rows with a time of their own.

Each batch is one transaction. A crash leaves whole batches behind it; the next run begins anew and finds only the rest.
The rules stand in content/retention, which table has which in content/data_map.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.cases import actions as cases
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as event_queries
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.messaging import actions as messaging
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation import queries as organisation_queries
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries as people_queries
from luotsi.domain.people import rules
from luotsi.domain.people.definitions import retention_rules, tables
from luotsi.domain.people.events import RetentionRan
from luotsi.domain.questionnaires import actions as questionnaires

# So many people are one transaction, and so many rows of a table.
PEOPLE, ROWS = 100, 5_000
log = logging.getLogger("luotsi.retention")
Progress = Callable[[int, int], None]
Sweep = Callable[[date, Collection[UUID], int | None], int]


class UnderWay(Exception):
    """Another process is erasing now."""


@dataclass
class Outcome:
    """What went, or in a dry run would go: rows by rule and table, and people."""

    on: date
    is_dry_run: bool
    gone: Counter[tuple[str, str]] = field(default_factory=Counter)
    past: int = 0
    erased: int = 0
    held: int = 0
    waiting: int = 0
    log_kept: str = ""

    def by_rule(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for (rule, table), rows in sorted(self.gone.items()):
            if rows:
                found.setdefault(rule, {})[table] = rows
        return found


def nightly(*, at: datetime) -> Outcome | None:
    """Run once a day, whichever worker comes first; None when it has run today or another one is at it."""
    today = local_day(at)
    if _has_run(today):
        return None
    try:
        return run(on=today, at=at)
    except UnderWay:
        return None


def run(*, on: date, at: datetime, dry_run: bool = False, progress: Progress = lambda done, of: None) -> Outcome:
    """Erase what is past its time on that day; with `dry_run` do the same and undo it, batch by batch.

    Raises UnderWay, and ValueError for a day that has not come, but for a dry run.
    """
    if on > local_day(at) and not dry_run:
        raise ValueError(f"{on} has not come; only a dry run looks ahead")
    outcome = Outcome(on, dry_run)
    with _alone():
        held = _held()
        going = _people(outcome, at, held, progress)
        for table, sweep in SWEEPS.items():
            kept = held | going if dry_run and table in OF_PERSON else held
            outcome.gone[tables()[table].rules[0], table] += _swept(sweep, on, kept, dry_run)
        kept = held | going if dry_run else held
        outcome.gone["unfinished-answers", "questionnaires_response"] += _swept(_unfinished, on, kept, dry_run)
        _log_rows(outcome, at, held)
        if not dry_run:
            fact = RetentionRan(on=on, gone=outcome.by_rule(), erased=outcome.erased, held=outcome.held)
            events.record(fact, by=SYSTEM, at=at)
    return outcome


def _held() -> set[UUID]:
    with as_system():
        return people_queries.held_ids()


def _people(outcome: Outcome, at: datetime, held: Collection[UUID], progress: Progress) -> set[UUID]:
    """Documents first, then those of whom none is left. Answers the ids of everybody erased."""
    with as_system():
        by_age = [*cases.document_rules().values(), retention_rules()[_RECORD]]
        perhaps = people_queries.perhaps_past(by_age, on=outcome.on) | cases.perhaps_past(on=outcome.on)
        people_to_see = people_queries.whole(perhaps)
    going: set[UUID] = set()
    for start in range(0, len(people_to_see), PEOPLE):
        batch = people_to_see[start : start + PEOPLE]
        with transaction.atomic():
            with as_system():
                going |= _batch(batch, outcome, at, {*held, *going} if outcome.is_dry_run else held)
            transaction.set_rollback(outcome.is_dry_run)
        progress(start + len(batch), len(people_to_see))
    return going


def _batch(batch: Collection[UUID], outcome: Outcome, at: datetime, held: Collection[UUID]) -> set[UUID]:
    """One transaction's worth of people. Their rows are locked, so a hold set since the run began counts, too."""
    lives = people_queries.lifetimes(batch, lock=True)
    gone = cases.erase_documents(lives, on=outcome.on, at=at)
    rule = retention_rules()[_RECORD]
    past = [life for life in lives if not life.is_erased and life.is_past(rule, on=outcome.on)]
    documented = cases.documented({one for life in past for one in life.ids})
    free = [life for life in past if not life.is_held]
    going = [life for life in free if documented.isdisjoint(life.ids)]
    ids = {one for life in going for one in life.ids}
    if ids:
        rows = people.erase_people(going, at=at, held=held)
        rows.update(questionnaires.erase_of(ids))
        rows.update(bookings.erase_of(ids))
        rows["messaging_notice"] += messaging.erase_of(ids)
        gone.update({(_RECORD, table): number for table, number in rows.items()})
    outcome.gone.update(gone)
    outcome.past += len(past)
    outcome.erased += len(going)
    outcome.waiting += len(free) - len(going)
    stopped = {life.id for life in past if life.is_held}
    outcome.held += len(stopped | cases.with_past_documents([life for life in lives if life.is_held], on=outcome.on))
    return ids


def _swept(sweep: Sweep, on: date, held: Collection[UUID], dry_run: bool) -> int:
    """The old rows of one table, as many transactions as it takes; a dry run takes one and undoes it."""
    rows = 0
    while True:
        with transaction.atomic():
            with as_system():
                done = sweep(on, held, None if dry_run else ROWS)
            transaction.set_rollback(dry_run)
        rows += done
        if dry_run or done < ROWS:
            return rows


def _first_kept(table: str, on: date) -> date:
    """The earliest moment of this table that is still kept on that day."""
    return rules.kept_from(retention_rules()[tables()[table].rules[0]].until[0], on)


def _notices(on: date, held: Collection[UUID], limit: int | None) -> int:
    return messaging.erase_notices(before=start_of(_first_kept("messaging_notice", on)), held=held, limit=limit)


def _assignments(on: date, held: Collection[UUID], limit: int | None) -> int:
    return organisation.erase_assignments(before=_first_kept("organisation_assignment", on), limit=limit)


def _absences(on: date, held: Collection[UUID], limit: int | None) -> int:
    return organisation.erase_absences(before=_first_kept("organisation_absence", on), limit=limit)


def _searches(on: date, held: Collection[UUID], limit: int | None) -> int:
    return catalogue.erase_searches(before=_first_kept("catalogue_search", on), limit=limit)


def _of_people(table: str) -> Sweep:
    return lambda on, held, limit: people.erase_old(table, on=on, held=held, limit=limit)


def _keys(table: str, column: str) -> Sweep:
    """Passkeys and one-time codes of whoever has left."""

    def sweep(on: date, held: Collection[UUID], limit: int | None) -> int:
        left = organisation_queries.left_before(_first_kept(table, on))
        with connection.cursor() as sql:
            sql.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [left])  # noqa: S608 (constants)
            return min(int(sql.rowcount), ROWS - 1) if limit else int(sql.rowcount)

    return sweep


def _log_rows(outcome: Outcome, at: datetime, held: Collection[UUID]) -> None:
    """Whole sealed ranges, the oldest first, up to the first row that tells of somebody under a hold.

    A log that does not say what was sealed is kept as evidence; the rest of the run counts all the same.
    """
    before = start_of(_first_kept("events_use", outcome.on))
    with as_system():
        first_held = event_queries.first_look_at(held) if held else None
        before = min(before, first_held) if first_held else before
        rows = event_queries.erasable(before)
    try:
        if rows and not outcome.is_dry_run:
            rows = events.erase_log(before=before, at=at)
    except (events.Tampered, events.AnchorBroken) as error:
        log.exception("the usage log was not erased: %s", type(error).__name__)
        outcome.log_kept, rows = str(error), 0
    outcome.gone["log-rows", "events_use"] += rows


def _has_run(on: date) -> bool:
    return any(event.body["on"] == on.isoformat() for event in event_queries.since(RetentionRan.kind, start_of(on)))


@contextmanager
def _alone() -> Iterator[None]:
    """One process erases at a time; one that dies lets go. Raises UnderWay."""
    with connection.cursor() as sql:
        sql.execute(f"SELECT pg_try_advisory_lock({_LOCK})")
        if not sql.fetchone()[0]:
            raise UnderWay("Another process is erasing what has passed its time.")
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as sql:  # a connection that broke holds nothing
            sql.execute(f"SELECT pg_advisory_unlock({_LOCK})")


# Tables whose rows have a time of their own, and how they go.
def _unfinished(on: date, held: Collection[UUID], limit: int | None) -> int:
    """Answers that were begun and never sent."""
    before = start_of(on - questionnaires.UNFINISHED_FOR)
    return questionnaires.drop_unfinished(before=before, held=held, limit=limit)


SWEEPS: Mapping[str, Sweep] = {
    "messaging_notice": _notices,
    **{table: _of_people(table) for table in people.OLD},
    "organisation_assignment": _assignments,
    "organisation_absence": _absences,
    "catalogue_search": _searches,
    "mfa_authenticator": _keys("mfa_authenticator", "user_id"),
    "luotsi_config_account": _keys("luotsi_config_account", "id"),
}
# Those of them whose rows go with the person, too: a dry run does not count them twice.
OF_PERSON = {"messaging_notice", "people_contactcheck", "people_consent", "people_mandate"}
_RECORD = tables()["people_resident"].rules[0]
_LOCK = "hashtextextended('luotsi retention', 0)"
