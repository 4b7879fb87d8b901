"""Counters at which people wait by number: where, at which desks they are called, and when numbers are given."""

from datetime import datetime, time
from typing import Self

from pydantic import Field, model_validator

from luotsi.base import shelf
from luotsi.base.dates import is_working_day
from luotsi.base.now import in_helsinki
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text


class Desk(Entry):
    """Where somebody is called to."""

    key: str
    name: Text


class Counter(Definition):
    """A counter of a unit. Numbers begin with `letter`, are given on working days between two times by the clock on the
    wall, and not while `most_waiting` wait already.
    """

    unit: str
    letter: str = Field(pattern=r"^[A-ZÅÄÖ]$")
    desks: tuple[Desk, ...] = Field(min_length=1)
    begins: time
    ends: time
    most_waiting: int = Field(default=60, ge=1, le=900)
    explains: Text

    @model_validator(mode="after")
    def _is_open_some_time(self) -> Self:
        if self.ends <= self.begins:
            raise ValueError("the counter closes before it opens")
        if len({one.key for one in self.desks}) < len(self.desks):
            raise ValueError("two desks have the same key")
        return self

    def is_open(self, at: datetime) -> bool:
        """Whether numbers are given at this moment."""
        local = in_helsinki(at)
        return is_working_day(local.date()) and self.begins <= local.time() < self.ends


def counters() -> dict[str, Counter]:
    return shelf.load("counters", Counter)
