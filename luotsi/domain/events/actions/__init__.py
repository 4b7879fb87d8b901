"""Recording what happened, and who saw whose data. Every write of every noun ends here, in the same transaction."""

from luotsi.domain.events.actions.hinting import hint
from luotsi.domain.events.actions.looking import (
    LogUnavailable,
    Look,
    also,
    disclosed,
    found_once,
    looking,
    refused,
    saw,
)
from luotsi.domain.events.actions.outbox import read_outbox, skip_outbox
from luotsi.domain.events.actions.recording import Dimensions, Fact, as_row, load, record, record_many, tell_mended
from luotsi.domain.events.actions.sealing import (
    SEALS_APART,
    CounterBehind,
    Tampered,
    begin_anchor,
    erase_log,
    seal,
)
from luotsi.domain.events.ports import AnchorBroken

__all__ = [
    "SEALS_APART",
    "AnchorBroken",
    "CounterBehind",
    "Dimensions",
    "Fact",
    "LogUnavailable",
    "Look",
    "Tampered",
    "also",
    "as_row",
    "begin_anchor",
    "disclosed",
    "erase_log",
    "found_once",
    "hint",
    "load",
    "looking",
    "read_outbox",
    "record",
    "record_many",
    "refused",
    "saw",
    "seal",
    "skip_outbox",
    "tell_mended",
]
