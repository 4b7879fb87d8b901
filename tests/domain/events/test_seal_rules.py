"""What a chain of seals must be, tried without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from luotsi.domain.events import rules
from luotsi.domain.events.rules import FIRST, Problem, Sealed

KEY = "a key"
AT = datetime(2026, 7, 1, 6, tzinfo=UTC)


def signed(seal: Sealed, key: str = KEY) -> Sealed:
    return replace(seal, mac=rules.mac(seal, key))


def chain(*changes: dict[str, object], start: datetime = AT) -> list[Sealed]:
    """Seals an hour apart over ten transactions each; each dict changes one of them before it is signed."""
    seals: list[Sealed] = []
    for number, change in enumerate(changes, 1):
        at = start + timedelta(hours=number)
        rows = {"rows": 3, "first_at": at - timedelta(minutes=9), "last_at": at, "digest": "d" * 64}
        span = {"lower": (number - 1) * 10, "upper": number * 10}
        previous = seals[-1].mac if seals else FIRST
        told = {"number": number, "kind": "range", "form": 1, **span, **rows, "at": at, "previous": previous}
        seals.append(signed(Sealed(**{**told, **change})))  # type: ignore[arg-type]
    return seals


def problems(seals: list[Sealed]) -> list[tuple[str, int]]:
    return [(problem.fault, problem.seal) for problem in rules.chain_problems(seals, KEY)]


def test_a_whole_chain_has_no_problem() -> None:
    assert problems(chain({}, {}, {})) == []
    assert problems([]) == []


@pytest.mark.parametrize("field", ["number", "kind", "lower", "upper", "rows", "first_at", "last_at", "digest", "at"])
def test_every_word_of_a_seal_is_signed(field: str) -> None:
    first, seal, *rest = chain({}, {}, {})
    other = {
        "kind": "erasure",
        "digest": "e" * 64,
        **dict.fromkeys(("number", "lower", "upper", "rows"), 7),
        **dict.fromkeys(("first_at", "last_at", "at"), AT),
    }[field]
    assert rules.mac(replace(seal, **{field: other}), KEY) != seal.mac
    assert problems([first, replace(seal, **{field: other}), *rest]) != []


def test_the_same_moment_in_another_zone_is_the_same_seal() -> None:
    [seal] = chain({})
    moved = seal.at.astimezone(ZoneInfo("Europe/Helsinki"))
    assert rules.mac(replace(seal, at=moved), KEY) == seal.mac


def test_a_range_that_leaves_a_gap_is_noticed_though_it_is_signed() -> None:
    assert problems(chain({}, {"lower": 12}, {})) == [("forged", 2)]
    assert problems(chain({"lower": 1}, {})) == [("forged", 1)]


def test_a_seal_from_another_chain_is_noticed() -> None:
    assert problems([chain({})[0], chain({"rows": 4}, {})[1]]) == [("forged", 2)]


def test_a_seal_of_another_key_and_a_missing_one_are_noticed() -> None:
    first, second, third = chain({}, {}, {})
    assert problems([first, signed(second, "another"), third])[0] == ("forged", 2)
    assert problems([first, third]) == [("missing", 2)]
    assert problems([second, third]) == [("missing", 1)]


def test_a_row_may_be_as_much_older_as_a_transaction_may_last() -> None:
    day = timedelta(days=1)
    assert problems(chain({}, {"first_at": AT + timedelta(hours=1) - day})) == []
    assert problems(chain({}, {"first_at": AT + timedelta(hours=1) - day - timedelta(seconds=1)})) == [("time", 2)]
    assert problems(chain({"first_at": AT - 900 * day})) == [], "before the first seal rows may be of any age"


@pytest.mark.parametrize("years, is_young", [(11, True), (13, False)])
def test_an_erasure_before_its_time_is_noticed_though_it_is_signed(years: int, is_young: bool) -> None:
    old = chain({}, start=AT.replace(year=AT.year - years))
    erasure = replace(old[0], number=2, kind="erasure", at=AT, previous=old[0].mac)
    found = list(rules.erasure_problems([*old, signed(erasure)]))
    assert [problem.fault for problem in found] == (["removed"] if is_young else [])


def test_twelve_years_are_counted_by_the_calendar() -> None:
    rules.check_old_enough(AT.replace(year=2014), at=AT)
    with pytest.raises(ValueError, match="12 years"):
        rules.check_old_enough(AT.replace(year=2014) + timedelta(seconds=1), at=AT)
    leap = datetime(2028, 2, 29, 12, tzinfo=UTC)
    rules.check_old_enough(datetime(2016, 2, 28, 12, tzinfo=UTC), at=leap)
    with pytest.raises(ValueError, match="12 years"):
        rules.check_old_enough(datetime(2016, 2, 29, 12, tzinfo=UTC), at=leap)


def test_the_anchor_may_be_one_seal_behind_and_not_two() -> None:
    macs = {1: "a", 2: "b", 3: "c"}
    assert list(rules.anchor_problems(macs, {1: "a", 2: "b"})) == []
    assert list(rules.anchor_problems(macs, {2: "b", 3: "c"})) == [], "one that was begun anew"
    assert _faults(rules.anchor_problems(macs, {1: "a"})) == [("anchor", 2)]
    assert _faults(rules.anchor_problems(macs, {**macs, 4: "d"})) == [("cut", 4)]
    assert _faults(rules.anchor_problems(macs, {**macs, 2: "x"})) == [("forged", 2)]


def _faults(found: object) -> list[tuple[str, int]]:
    return [(problem.fault, problem.seal) for problem in found if isinstance(problem, Problem)]  # type: ignore[attr-defined]
