"""Guides of the demonstration: those of the shelf, one that was read through, and a next version being written."""

from datetime import datetime
from uuid import UUID, uuid5

from luotsi.base.text import Text
from luotsi.base.who import SYSTEM
from luotsi.demo import cast
from luotsi.domain.catalogue.actions import guides
from luotsi.domain.catalogue.queries.guides import written

_SPACE = UUID("0d3c0000-0000-4000-9000-000000000017")
_BEGUN = "everyday-with-small-children"


def advise(*, at: datetime) -> None:
    """Needs the catalogue, which comes first."""
    guides.load_guides(by=SYSTEM, at=at)
    editor = next(one for one in cast.WORKERS if one.key == "riitta").as_who()
    draft = guides.draft_next(key=_BEGUN, id=uuid5(_SPACE, _BEGUN), by=editor, at=at)
    text = written(draft)
    name = Text(fi="Arki alle kouluikäisen kanssa", en="Everyday life with a child under school age")
    note = "Otsikko ja ikä; ruotsinkielinen otsikko puuttuu vielä"
    guides.change(guide=draft.id, to=text.model_copy(update={"name": name}), note=note, revision=0, by=editor, at=at)
