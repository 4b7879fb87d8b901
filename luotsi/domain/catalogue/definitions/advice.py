"""Guides, and what a person in danger reads first."""

import datetime as dt
from typing import Literal

from pydantic import Field

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Language, Text
from luotsi.domain.catalogue.definitions.services import WordsByLanguage


class Guide(Definition):
    """A page of advice: its texts, with headings, lists and links in `body` (luotsi/base/markdown.py).

    `part_of` is the guide on whose page it stands, "" when it stands alone; `owner` the unit that answers for it and
    reads it again by `review_on`. Under the text stand the `services` and `collections` of the catalogue by their keys.
    `notice` is a safety notice that stands before the text. One that is `discreet` has a title that tells nothing, is
    kept by no browser and shows a way out; its key, which stands in the address, tells nothing either.
    """

    summary: Text
    body: Text
    owner: str
    review_on: dt.date
    part_of: str = ""
    order: int = 50
    services: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    notice: str = ""
    discreet: bool = False


class Contact(Entry):
    """A number to call now. `languages` names those in which it answers, empty for all of ours."""

    name: Text
    phone: str
    url: str = ""
    hours: Literal["always"] | None = None
    languages: tuple[Language, ...] = ()


class SafetyExample(Entry):
    """A query and whether this notice must meet its writer."""

    query: str
    language: Language
    shows: bool


class SafetyNotice(Definition):
    """What a person in danger reads before any result. Each of `words` is a word, or words written near each other."""

    order: int
    message: Text
    contacts: tuple[Contact, ...] = Field(min_length=1)
    quick_exit: bool = False
    words: WordsByLanguage
    examples: tuple[SafetyExample, ...]


def guides() -> dict[str, Guide]:
    """The guides that come with the system. What an editor has published since goes before them."""
    return shelf.load("guides", Guide)


def safety_notices() -> tuple[SafetyNotice, ...]:
    """The notices, gravest first."""
    return tuple(sorted(shelf.load("safety", SafetyNotice).values(), key=lambda notice: notice.order))
