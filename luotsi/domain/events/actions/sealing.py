"""Closing ranges of the usage log under a seal, and dropping those whose twelve years have passed."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from luotsi.domain.events import ports, rules
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.events.models import Seal
from luotsi.domain.events.ports import AnchorBroken
from luotsi.domain.events.queries import ranges, verifying
from luotsi.domain.events.rules import Sealed

# The worker comes by every few seconds; so often it is sealed, and so long a row may stand without one.
SEALS_APART = timedelta(minutes=1)
_ASK = "`luotsi log verify` says what; `luotsi log seal --new-anchor` begins a new anchor"


class CounterBehind(Exception):
    """The server counts transactions from lower than the log does: it was filled from a dump."""


class Tampered(Exception):
    """Rows that were to be erased do not say what was sealed; they are kept as evidence."""


def seal(*, at: datetime, apart: timedelta = timedelta(0)) -> int:
    """Seal the rows of all transactions that are over. Answers how many rows; 0 when none is new.

    Nothing is done while another process seals, or when the newest seal is younger than `apart`. The seal is added to
    the anchor once it is committed; a crash between is caught up with the next time. Raises AnchorBroken when anchor
    and database tell different stories, CounterBehind.
    """
    with ranges.one_at_a_time(wait=False) as mine:
        last = _last()
        if not mine or (last and at - last.at < apart):
            return 0
        _catch_up(last)
        with as_system():
            fresh = _next(last, at)
            if fresh is None:
                return 0
            _keep(fresh)
    return fresh.rows


def erase_log(*, before: datetime, at: datetime) -> int:
    """Drop the sealed ranges that end before that moment, oldest first, and say so under a seal. Answers how many rows.

    Raises ValueError when it is less than twelve years ago, Tampered when the rows are not those that were sealed.
    """
    rules.check_old_enough(before, at=at)
    with ranges.one_at_a_time(wait=True):
        last = _last()
        _catch_up(last)
        with as_system():
            old = ranges.ended_before(before)
            if last is None or not old:
                return 0
            if problems := verifying.range_problems(old):
                raise Tampered(f"seal {problems[0].seal}: {problems[0].words}; nothing was erased")
            gone = _erase_rows(old[-1].upper)
            _keep(
                Sealed(
                    number=last.number + 1, kind="erasure", form=rules.FORM, lower=old[0].lower, upper=old[-1].upper,
                    rows=gone, first_at=None, last_at=None, digest="", at=at, previous=last.mac,
                )
            )  # fmt: skip
    return gone


def begin_anchor(*, at: datetime) -> None:
    """Lay the anchor aside and begin a new one at the last seal: after a move, or when somebody has looked into it."""
    with ranges.one_at_a_time(wait=True):
        ports.lay_aside(f"{at:%Y%m%d-%H%M%S}")
        if last := _last():
            ports.anchor([last])


def _last() -> Sealed | None:
    row = Seal.objects.order_by("-number").first()
    return ranges.as_sealed(row) if row else None


def _next(last: Sealed | None, at: datetime) -> Sealed | None:
    lower, upper = _last_edge(), ranges.edge()
    if upper < lower:
        raise CounterBehind(
            f"The server counts transactions from {upper}, the log is sealed up to {lower}: it was filled from a dump. "
            f"Stop the server, let pg_resetwal (-e and -x) take its counter past {lower}, and start it again."
        )
    held = ranges.rows_between(lower, upper)
    if not held.rows:
        return None
    return Sealed(
        number=last.number + 1 if last else 1, kind="range", form=rules.FORM, lower=lower, upper=upper, rows=held.rows,
        first_at=held.first_at, last_at=held.last_at, digest=held.digest, at=at,
        previous=last.mac if last else rules.FIRST,
    )  # fmt: skip


def _last_edge() -> int:
    return Seal.objects.filter(kind="range").order_by("-number").values_list("upper", flat=True).first() or 0


def _keep(fresh: Sealed) -> None:
    signed = replace(fresh, mac=rules.mac(fresh, settings.SEAL_KEY))
    Seal.objects.create(**asdict(signed))
    transaction.on_commit(lambda: ports.anchor([signed]))


def _catch_up(last: Sealed | None) -> None:
    """A crash can leave the anchor one seal behind. Anything else between the two is somebody's doing."""
    known = ports.newest()
    number = last.number if last else 0
    if (known is None and number <= 1) or known == (number, last.mac if last else ""):
        pass
    elif known is None or known[0] > number or known[0] < number - 1:
        raise AnchorBroken(f"The anchor knows {known[0] if known else 0} seals, the database {number}: {_ASK}.")
    elif known[1] != Seal.objects.values_list("mac", flat=True).get(number=known[0]):
        raise AnchorBroken(f"The anchor knows another seal {known[0]} than the database: {_ASK}.")
    if last:
        ports.anchor([last])


def _erase_rows(upper: int) -> int:
    with connection.cursor() as sql:
        sql.execute("SELECT events_erase_use(%s::text::xid8)", [upper])
        return int(sql.fetchone()[0])
