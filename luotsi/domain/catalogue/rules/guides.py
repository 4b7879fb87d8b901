"""What must hold before a guide is published, and how it stands. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from luotsi.base import markdown
from luotsi.base.markdown import LINK
from luotsi.base.text import LANGUAGES
from luotsi.domain.catalogue.definitions import Guide

LONGEST_BODY = 20_000  # characters
LONGEST_REVIEW = timedelta(days=730)  # nobody promises to read it again in ten years
SOON = timedelta(days=30)

State = Literal["draft", "published", "earlier", "ended"]
Why = Literal["missing", "link", "service", "guide", "collection", "owner", "review", "part_of", "notice", "discreet"]


@dataclass(frozen=True)
class Fault:
    """What keeps a guide from being published. `where` is the text or the language, `what` the word that is wrong."""

    why: Why
    where: str = ""
    what: str = ""


@dataclass(frozen=True)
class Known:
    """What a guide may name. `below` are the guides that stand on another's page."""

    services: Collection[str]
    collections: Collection[str]
    guides: Collection[str]
    below: Collection[str]
    units: Collection[str]
    notices: Collection[str]


def faults(guide: Guide, known: Known, *, today: date) -> tuple[Fault, ...]:
    return (*_text_faults(guide), *_link_faults(guide, known), *_fact_faults(guide, known, today))


def state_of(*, is_published: bool, is_ended: bool, is_newest: bool) -> State:
    """`is_newest`: no later version was published."""
    if not is_published:
        return "draft"
    if not is_ended:
        return "published"
    return "ended" if is_newest else "earlier"


def is_due(review_on: date, today: date) -> bool:
    """Whether it is to be read again now: its day has come, or comes within a month."""
    return review_on <= today + SOON


def _text_faults(guide: Guide) -> Iterator[Fault]:
    for name in ("name", "summary", "body"):
        for language in LANGUAGES:
            if not getattr(getattr(guide, name), language).strip():
                yield Fault("missing", name, language)


def _link_faults(guide: Guide, known: Known) -> Iterator[Fault]:
    for language in LANGUAGES:
        for to in markdown.links(markdown.read(getattr(guide.body, language))):
            found = LINK.fullmatch(to)
            if found is None:
                yield Fault("link", language, to)
            elif found["kind"] == "service" and found["key"] not in known.services:
                yield Fault("service", language, found["key"])
            elif found["kind"] == "guide" and found["key"] not in known.guides:
                yield Fault("guide", language, found["key"])


def _fact_faults(guide: Guide, known: Known, today: date) -> Iterator[Fault]:
    yield from (Fault("service", what=key) for key in guide.services if key not in known.services)
    yield from (Fault("collection", what=key) for key in guide.collections if key not in known.collections)
    if guide.owner not in known.units:
        yield Fault("owner", what=guide.owner)
    if not today < guide.review_on <= today + LONGEST_REVIEW:
        yield Fault("review", what=guide.review_on.isoformat())
    if guide.part_of and (guide.part_of not in known.guides or guide.part_of in {guide.key, *known.below}):
        yield Fault("part_of", what=guide.part_of)
    if guide.notice and guide.notice not in known.notices:
        yield Fault("notice", what=guide.notice)
