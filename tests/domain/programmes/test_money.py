"""The money table recomputed: what agrees, what is rounding, what cannot be right."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base.text import Text
from luotsi.domain.programmes import rules
from luotsi.domain.programmes.definitions import Budget, Column, Row

money = st.integers(min_value=0, max_value=9_999_999)


def column(key: str, kind: str, year: int | None = None, unit: str = "EUR") -> Column:
    return Column(key=key, name=Text(fi=key), kind=kind, year=year, unit=unit)


COLUMNS = (
    column("2020_plan", "plan", 2020),
    column("2020_actual", "actual", 2020),
    column("2021_plan", "plan", 2021),
    column("total_plan", "total_plan"),
    column("left", "left"),
)


def row(key: str, *stated: object, rows: tuple[Row, ...] = ()) -> Row:
    return Row(key=key, name=Text(fi=key), stated=stated, rows=rows)


def printed(plan20: int, actual20: int, plan21: int) -> tuple[int, ...]:
    """A line as an honest form prints it."""
    return plan20, actual20, plan21, plan20 + plan21, plan20 + plan21 - actual20


def added(*lines: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*lines, strict=True))


def budget(
    *, staff: tuple[int, ...], travel: tuple[int, ...], rent: tuple[int, ...], **changed: tuple[object, ...]
) -> Budget:
    services = added(staff, travel)
    lines = {"staff": staff, "travel": travel, "services": services, "rent": rent, "total": added(services, rent)}
    lines |= {"share": rent, "grant": lines["total"]} | changed
    made = {key: row(key, *stated) for key, stated in lines.items()}
    group = row("services", *lines["services"], rows=(made["staff"], made["travel"]))
    return Budget(
        title=Text(fi="Budjetti"), columns=COLUMNS, rows=(group, made["rent"]), total=made["total"],
        of_which=(made["share"],), grant=made["grant"],
    )  # fmt: skip


def wrong(table: Budget) -> list[tuple[str, str]]:
    return [(found.row.key, found.column.key) for found in rules.compare(table).disagreements]


def changed_at(line: tuple[int, ...], place: int, by: int) -> tuple[int, ...]:
    return tuple(value + by * (here == place) for here, value in enumerate(line))


@given(st.lists(st.tuples(money, money, money), min_size=3, max_size=3))
def test_a_table_printed_from_its_own_sums_agrees_everywhere(lines: list[tuple[int, int, int]]) -> None:
    staff, travel, rent = (printed(*line) for line in lines)
    compared = rules.compare(budget(staff=staff, travel=travel, rent=rent))

    assert compared.disagreements == ()
    assert {cell.verdict for row in compared.rows for cell in row.cells.values()} == {"agrees"}


@given(
    st.lists(st.tuples(money, money, money), min_size=3, max_size=3),
    st.integers(min_value=0, max_value=4),
    st.integers(min_value=3, max_value=10**7),
    st.booleans(),
)
def test_a_wrong_total_is_found_where_it_stands(
    lines: list[tuple[int, int, int]], place: int, by: int, down: bool
) -> None:
    staff, travel, rent = (printed(*line) for line in lines)
    total = changed_at(added(staff, travel, rent), place, -by if down else by)
    found = wrong(budget(staff=staff, travel=travel, rent=rent, total=total, grant=added(staff, travel, rent)))

    assert ("total", COLUMNS[place].key) in found


def test_a_wrong_figure_left_does_not_run_through_the_rest() -> None:
    line = printed(100, 40, 60)
    total = changed_at(added(line, line, line), 4, -200)

    assert wrong(budget(staff=line, travel=line, rent=line, total=total, grant=added(line, line, line))) == [
        ("total", "left")
    ]


def test_a_wrong_sum_of_lines_is_found_in_its_own_column() -> None:
    line = printed(100, 40, 60)
    services = changed_at(added(line, line), 1, 10)
    found = wrong(budget(staff=line, travel=line, rent=line, services=services))

    assert ("services", "2020_actual") in found
    assert not [place for place in found if place[0] in ("staff", "travel", "rent")]


@pytest.mark.parametrize(
    ("stated", "computed", "unit", "verdict"),
    [
        (100, 100, "EUR", "agrees"), (102, 100, "EUR", "rounding"), (98, 100, "EUR", "rounding"),
        (103, 100, "EUR", "disagrees"), (97, 100, "EUR", "disagrees"), (None, 0, "EUR", "agrees"),
        (None, 5, "EUR", "not_printed"), (0, 5, "EUR", "disagrees"), ("1.26", "1.17", "person_years", "disagrees"),
        ("1.26", "1.25", "person_years", "rounding"),
    ],
)  # fmt: skip
def test_two_units_of_the_last_digit_are_rounding(stated: object, computed: object, unit: str, verdict: str) -> None:
    exact = None if stated is None else Decimal(str(stated))

    assert rules.verdict_on(exact, Decimal(str(computed)), unit) == verdict  # type: ignore[arg-type]


def test_a_difference_is_what_must_be_added_to_the_printed_figure() -> None:
    line = printed(100, 40, 60)
    total = changed_at(added(line, line, line), 4, -200)
    compared = rules.compare(budget(staff=line, travel=line, rent=line, total=total, grant=added(line, line, line)))

    assert [found.cell.difference for found in compared.disagreements] == [200]


def test_the_grant_follows_from_the_total_by_its_rate() -> None:
    line = printed(100, 40, 60)
    half = budget(staff=line, travel=line, rent=line).model_copy(update={"grant_rate": Decimal("0.5")})
    grant = next(row for row in rules.compare(half).rows if row.key == "grant")

    assert grant.cells["2020_plan"].computed == 150
    assert grant.cells["2020_plan"].verdict == "disagrees"


def test_a_blank_line_is_nothing_and_a_blank_sum_is_said() -> None:
    line, blank = printed(100, 40, 60), (None,) * 5
    table = budget(staff=line, travel=line, rent=line)
    quiet = table.model_copy(update={"rows": (*table.rows, row("empty", *blank))})
    silent = table.model_copy(update={"rows": (row("services", *blank, rows=table.rows[0].rows), table.rows[1])})

    assert rules.compare(quiet).disagreements == ()
    assert rules.compare(silent).rows[0].cells["2020_plan"].verdict == "not_printed"
    assert rules.compare(silent).disagreements == ()


def test_units_are_not_added_to_each_other() -> None:
    columns = (column("plan", "plan", 2022), column("years", "plan", 2022, "person_years"), column("all", "total_plan"))
    table = Budget(
        title=Text(fi="x"), columns=columns, rows=(row("a", 100, 50, 100),), total=row("total", 100, 50, 100)
    )

    assert rules.compare(table).disagreements == ()


def test_a_table_that_does_not_hold_together_is_refused() -> None:
    good = {"title": Text(fi="x"), "columns": COLUMNS, "total": row("total", 1, 1, 1, 1, 1)}
    with pytest.raises(ValueError, match="'a' has 2 figures for 5 columns"):
        Budget(**good, rows=(row("a", 1, 2),))
    with pytest.raises(ValueError, match="two lines have the key 'total'"):
        Budget(**good, rows=(row("total", 1, 1, 1, 1, 1),))
    with pytest.raises(ValueError, match="no cell 'total', 'nowhere'"):
        Budget(**good, rows=(), explanations=({"row": "total", "column": "nowhere", "text": Text(fi="?")},))
