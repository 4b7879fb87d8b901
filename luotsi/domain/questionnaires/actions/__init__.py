"""Writes: answers step by step and whole, where they are gathered, who is invited."""

from luotsi.domain.questionnaires.actions.attaching import attach
from luotsi.domain.questionnaires.actions.completing import Incomplete, complete, keep_scores, send
from luotsi.domain.questionnaires.actions.erasing import UNFINISHED_FOR, drop_unfinished, erase, erase_of, load
from luotsi.domain.questionnaires.actions.filling import TooMuch, amend, drop, keep, start
from luotsi.domain.questionnaires.actions.gathering import NotOpen, close_collection, open_collection, take
from luotsi.domain.questionnaires.actions.inviting import invite, remind_due, withdraw
from luotsi.domain.questionnaires.actions.loading import load_anonymous
from luotsi.domain.questionnaires.actions.locking import Stale
from luotsi.domain.questionnaires.actions.placing import put_with, sent_by_somebody
from luotsi.domain.questionnaires.actions.replying import LONGEST_REPLY, reply, withdraw_reply
from luotsi.domain.questionnaires.rules.files import Unfit

__all__ = [
    "LONGEST_REPLY",
    "UNFINISHED_FOR",
    "Incomplete",
    "NotOpen",
    "Stale",
    "TooMuch",
    "Unfit",
    "amend",
    "attach",
    "close_collection",
    "complete",
    "drop",
    "drop_unfinished",
    "erase",
    "erase_of",
    "invite",
    "keep",
    "keep_scores",
    "load",
    "load_anonymous",
    "open_collection",
    "put_with",
    "remind_due",
    "reply",
    "send",
    "sent_by_somebody",
    "start",
    "take",
    "withdraw",
    "withdraw_reply",
]
