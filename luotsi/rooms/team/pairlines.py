"""Two records line by line: what each says, and whether they agree."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people.queries.pairs import Record
from luotsi.rooms.team import words
from luotsi.ui.words import birth_day, number


def side_of(record: Record) -> dict[str, Any]:
    return {"id": record.person.id, "person": record.person, "joined_at": record.joined_at}


def compared(sides: list[Record], matters: dict[UUID, int]) -> dict[str, Any]:
    """`rows` should agree; what stands `apart` differs in any two records. `can_join`: one has a temporary code, the
    other a real one, and neither is joined already.
    """
    one, other = sides
    rows = [(name, told(one), told(other)) for name, told in _told()]
    can_join = one.person.has_temporary_code and not other.person.has_temporary_code
    return {
        "rows": [(name, left, right, _agree(left, right)) for name, left, right in rows],
        "apart": [
            (_("Identity code"), one.person.masked_code, other.person.masked_code),
            (_("Matters"), number(matters[one.person.id]), number(matters[other.person.id])),
        ],
        "can_join": can_join and one.joined_into is None and other.joined_into is None,
        "is_joined": one.joined_into == other.person.id,
        "temporary": one.person,
        "is_same_birth_date": None in (births := {one.person.birth_date, other.person.birth_date}) or len(births) == 1,
        "is_date_taken": one.person.birth_date is None and other.person.birth_date is not None,
    }


def _told() -> list[tuple[str, Callable[[Record], str]]]:
    return [
        (_("Name"), lambda record: record.person.name),
        (_("Birth date"), _birth_date),
        (_("Home municipality"), _municipality),
        (_("Language of service"), lambda record: words.language_words(record.person.language)),
    ]


def _agree(left: str, right: str) -> bool | None:
    """None when one of them is not known: that is no difference."""
    return None if _("Not known") in (left, right) else left.casefold() == right.casefold()


def _birth_date(record: Record) -> str:
    return birth_day(record.person.birth_date) if record.person.birth_date else str(_("Not known"))


def _municipality(record: Record) -> str:
    if record.person.is_protected:
        return str(_("Hidden: protection order"))
    name = organisation.municipality_names().get(record.person.municipality)
    return name.in_language(get_language() or "fi") if name else "–"
