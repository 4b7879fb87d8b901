"""What a steering group reads beside the parts: risks with their state, and communication."""

from datetime import date
from typing import Literal

from luotsi.base.shelf import Entry
from luotsi.base.text import Text
from luotsi.domain.programmes.definitions.lines import Lines, Words
from luotsi.domain.programmes.definitions.part import Reading


class StateMark(Entry):
    """One line of a risk's state: "+" goes well, "-" does not."""

    mark: Literal["+", "-"]
    text: str
    points: Lines = ()


class RiskState(Entry):
    """How a risk stood on the day it was reviewed."""

    day: date
    marks: tuple[StateMark, ...]


class Risk(Entry):
    """A risk, what may come of it, what is done to keep it small and by whom, and how it stood on each review."""

    key: str
    name: Text
    consequences: Words = ()
    measures: Words
    responsible: tuple[str, ...] = ()  # keys of the programme's roles
    states: tuple[RiskState, ...] = ()


class Item(Entry):
    """Something told or published. `day` as printed ("17.8.2022"), since a source may give only a month or a week."""

    text: str
    day: str = ""
    link: str = ""


class Communication(Entry):
    """What is told, to whom and how, by which principles; what was told in the period and how many it reached."""

    what: tuple[str, ...]
    for_whom: tuple[str, ...]
    how: tuple[str, ...]
    principles: tuple[str, ...] = ()
    period: str = ""
    reach: tuple[Reading, ...] = ()
    items: tuple[Item, ...] = ()
