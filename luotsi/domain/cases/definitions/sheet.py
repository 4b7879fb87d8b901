"""What the assessment sheet, the tellings and the undoing of a close choose from."""

from typing import Self, TypeVar

from pydantic import PositiveInt, model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition
from luotsi.base.text import Language, Text, sort_key
from luotsi.domain.cases.rules.judging import is_icpc2


class ReasonTable(Definition):
    """Reasons for coming by code, in our own words: the most usual ones. A code of the right shape that is not here is
    as good; it only has no words.
    """

    codes: dict[str, Text]

    @model_validator(mode="after")
    def _has_codes(self) -> Self:
        for code in self.codes:
            if not is_icpc2(code):
                raise ValueError(f"{code} is no ICPC-2 code: a chapter's letter and two digits, such as R05")
        return self


class Listed(Definition):
    """What a worker chooses from: how soon help is needed, how somebody was told, why a close was wrong."""

    order: PositiveInt


L = TypeVar("L", bound=Listed)


class Urgency(Listed):
    """How soon help is needed. `is_emergency`: before anything else on the list."""

    is_emergency: bool = False


def icpc2() -> ReasonTable:
    found: ReasonTable = shelf.load("reasons", ReasonTable)["icpc2"]
    return found


def reasons_like(words: str, language: Language) -> list[str]:
    """The codes whose code or name begins with, or holds, these words; the closest first."""
    wanted = sort_key(words.strip())
    names = {code: sort_key(name.in_language(language)) for code, name in icpc2().codes.items()}
    exact = [code for code, name in names.items() if wanted in {code.casefold(), name}]
    near = [code for code, name in names.items() if wanted and (code.casefold().startswith(wanted) or wanted in name)]
    return exact[:1] if exact else near


def urgencies() -> dict[str, Urgency]:
    """By key, the soonest first."""
    return _in_order(shelf.load("urgencies", Urgency))


def telling_ways() -> dict[str, Listed]:
    return _in_order(shelf.load("telling_ways", Listed))


def reopen_reasons() -> dict[str, Listed]:
    return _in_order(shelf.load("reopen_reasons", Listed))


def _in_order(found: dict[str, L]) -> dict[str, L]:
    return dict(sorted(found.items(), key=lambda one: one[1].order))
