"""A spreadsheet of wishes: who is to get which role where. Each row is judged by the rules that judge a single wish."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from luotsi.base.text import LANGUAGES, Text
from luotsi.base.who import Who
from luotsi.domain.organisation import definitions, queries, rules
from luotsi.domain.organisation.queries import Candidate
from luotsi.domain.organisation.rules import NotPossible, Wish
from luotsi.gateways.spreadsheets.reading import Column
from luotsi.rooms.oversight import words
from luotsi.rooms.oversight.forms import DAYS, LONGEST_REASON, NO_DAY

EXAMPLE_MAIL = "nimi@example.org"  # stands in the sheet that one fills in; nobody's
MOST_ROWS = 300  # each of them waits for a second person's own answer
Span = tuple[date, date | None]
COLUMNS = (
    Column("mail", ("Sähköposti", "E-post", "Mail", "Email", "E-mail")),
    Column("role", ("Rooli", "Roll", "Role")),
    Column("unit", ("Yksikkö", "Enhet", "Unit")),
    Column("valid_from", ("Ensimmäinen päivä", "Första dagen", "First day")),
    Column("valid_to", ("Viimeinen päivä", "Sista dagen", "Last day")),
    Column("reason", ("Perustelu", "Motivering", "Why it is needed", "Reason")),
)


@dataclass(frozen=True)
class Judged:
    """A row of the sheet as the preview shows it. `wrong` says what is to be mended; a row without it is proposed.

    But for the example's own row, which somebody left in: it is left out, and nothing is wrong with it.
    """

    row: int
    mail: str
    name: str
    role: str
    unit: str
    wrong: tuple[str, ...]
    staff: UUID | None = None
    wish: Wish | None = None
    is_example: bool = False


def judge(rows: Sequence[dict[str, Any]], *, viewer: Who, on: date) -> list[Judged]:
    """Every row with what is wrong in it. A row counts as standing for the rows below it."""
    known = queries.workers_by_mail(viewer=viewer, mails={str(row["mail"]) for row in rows})
    taken: dict[tuple[UUID, str, str], list[Span]] = defaultdict(list)
    found = []
    for row in rows:
        people = known.get(str(row["mail"]).lower(), [])
        wish, wrong = _wish_of(row)
        is_example = str(row["mail"]).lower() == EXAMPLE_MAIL
        wrong = [] if is_example else wrong + _of_people(people)
        if wish and not wrong and not is_example:
            place = (people[0].id, wish.role, wish.unit)
            wrong += _of_rules(wish, people[0], taken[place], on)
            if not wrong:
                taken[place].append((wish.valid_from, wish.valid_to))
        found.append(_judged(row, people, wish, wrong))
    return found


def _judged(row: dict[str, Any], people: list[Candidate], wish: Wish | None, wrong: list[str]) -> Judged:
    is_one = len(people) == 1
    return Judged(
        row=row["row"],
        mail=str(row["mail"]),
        name=people[0].name if is_one else "",
        role=words.role_name(wish.role) if wish else str(row["role"]),
        unit=words.unit_name(wish.unit) if wish else str(row["unit"]),
        wrong=tuple(str(sentence) for sentence in wrong),
        staff=people[0].id if is_one else None,
        wish=wish,
        is_example=str(row["mail"]).lower() == EXAMPLE_MAIL,
    )


def _wish_of(row: dict[str, Any]) -> tuple[Wish | None, list[str]]:
    role, unit = _named(row["role"], _roles()), _named(row["unit"], _units())
    first, last = _day(row["valid_from"]), _day(row["valid_to"])
    reason = str(row["reason"])
    wrong = [
        sentence
        for sentence, is_so in (
            (_("The role is not one of the county's roles. Write it as the form for a single role does."), not role),
            (_("The unit is not one of the county's units. Write it as the form for a single role does."), not unit),
            (NO_DAY, not (first and last)),
            (_("The reason is too long. Shorten it."), len(reason) > LONGEST_REASON),
        )
        if is_so
    ]
    if not (role and unit and first and last):
        return None, wrong
    return Wish(role, unit, first, last, reason), wrong


def _of_people(people: list[Candidate]) -> list[str]:
    if not people:
        return [_("No worker has this mail address. They come here when they first sign in.")]
    if len(people) > 1:
        return [_("Several workers have this mail address. Propose the role on the worker's own page.")]
    return [words.why_words("left")] if people[0].left_on else []


def _of_rules(wish: Wish, person: Candidate, taken: list[Span], on: date) -> list[str]:
    standing = [*person.standing.get((wish.role, wish.unit), []), *taken]
    try:
        rules.check_wish(wish, on=on, standing=standing)
    except NotPossible as refusal:
        return [words.why_words(refusal.why)]
    return []


def _named(cell: Any, names: dict[str, str]) -> str:
    return names.get(" ".join(str(cell).lower().split()), "")


@cache
def _roles() -> dict[str, str]:
    return _by_name({key: role.name for key, role in definitions.staff_roles().items()})


@cache
def _units() -> dict[str, str]:
    return _by_name(definitions.unit_names())


def _by_name(names: dict[str, Text]) -> dict[str, str]:
    """Keys by every way to write them: the key itself, and the name in each language."""
    spoken = {name.in_language(language).lower(): key for key, name in names.items() for language in LANGUAGES}
    return {**spoken, **{key: key for key in names}}


def _day(cell: Any) -> date | None:
    if isinstance(cell, date):
        return cell
    for form in DAYS:
        try:
            return datetime.strptime(str(cell), form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def packed(judged: Sequence[Judged]) -> list[dict[str, str]]:
    """The rows without faults, as the session keeps them between the preview and the proposal."""
    good = [(one.staff, one.wish) for one in judged if one.wish and one.staff and not one.wrong]
    return [{"staff": str(staff), **{name: str(value) for name, value in asdict(wish).items()}} for staff, wish in good]


def unpacked(kept: Sequence[dict[str, str]]) -> list[tuple[UUID, Wish]]:
    return [
        (
            UUID(one["staff"]),
            Wish(
                one["role"],
                one["unit"],
                date.fromisoformat(one["valid_from"]),
                date.fromisoformat(one["valid_to"]),
                one["reason"],
            ),
        )
        for one in kept
    ]
