"""Every indicator on the shelf is complete, and its worked example holds: in the engine and in plain Python."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from luotsi.analytics.measures import MEASURES
from luotsi.base import shelf
from luotsi.base.text import Text
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.indicators import definitions
from luotsi.domain.indicators.definitions import Board, ExpectedRow, Indicator
from luotsi.domain.indicators.rules import WrongQuestion, period_of
from luotsi.domain.organisation.definitions import county, roles
from tests.analytics import oracle
from tests.analytics.tables import Row, ask, figures_of, openly, rows_of, total_of

INDICATORS = list(definitions.indicators().values())
BOARDS = list(definitions.boards().values())


def key(definition: Indicator | Board) -> str:
    return definition.key


def expected(indicator: Indicator) -> tuple[list[Row], Row]:
    """The table the example says it gives."""
    example = indicator.example

    def as_row(row: ExpectedRow, name: str) -> Row:
        return name, row.value, row.numerator, row.denominator, row.coverage, row.apart

    return [as_row(row, " ".join(row.keys(example.by))) for row in example.rows], as_row(example.total, "")


def by_engine(indicator: Indicator, folder: Path) -> tuple[list[Row], Row]:
    example = indicator.example
    figures = figures_of(folder, **example.facts, as_of=example.as_of)
    answer = ask(figures, openly(indicator), example.by, since=example.since, until=example.until)
    return rows_of(answer, example.by), total_of(answer)


def by_hand(indicator: Indicator, days: tuple[date, date] | None = None) -> tuple[list[Row], Row]:
    example = indicator.example
    (facts,) = example.facts.values()
    since, until = days or _days(indicator)
    return oracle.table(indicator, facts, by=example.by, since=since, until=until, today=example.as_of)


def _days(indicator: Indicator) -> tuple[date, date]:
    example = indicator.example
    (facts,) = example.facts.values()
    days = [value for fact in facts for value in fact.model_dump().values() if isinstance(value, date)]
    return example.since or min(days), example.until or example.as_of


@pytest.mark.parametrize("indicator", INDICATORS, ids=key)
def test_the_worked_example_holds_in_the_engine(indicator: Indicator, tmp_path: Path) -> None:
    assert by_engine(indicator, tmp_path) == expected(indicator)


@pytest.mark.parametrize("indicator", INDICATORS, ids=key)
def test_the_worked_example_holds_in_plain_python(indicator: Indicator) -> None:
    assert by_hand(indicator) == expected(indicator)


@pytest.mark.parametrize("indicator", INDICATORS, ids=key)
def test_an_example_is_of_ten_facts_none_of_which_can_be_left_out(indicator: Indicator) -> None:
    example = indicator.example
    ((table, facts),) = example.facts.items()
    assert table == indicator.measure.table.of
    assert len(facts) == 10

    days = _days(indicator)
    idle = []
    for place, fact in enumerate(facts):
        fewer = example.model_copy(update={table: (*facts[:place], *facts[place + 1 :])})
        if by_hand(indicator.model_copy(update={"example": fewer}), days) == expected(indicator):
            idle.append(fact)

    assert len(idle) <= 3, idle  # those that show what does not count


@pytest.mark.parametrize("definition", [*INDICATORS, *BOARDS, definitions.words()], ids=key)
def test_texts_are_in_three_languages(definition: Any) -> None:
    assert [text for text in texts(definition.model_dump()) if not text.is_complete] == []


@pytest.mark.parametrize("indicator", INDICATORS, ids=key)
def test_an_indicator_names_what_exists(indicator: Indicator) -> None:
    assert indicator.owner in roles()
    assert set(getattr(indicator.measure, "kinds", ())) <= set(case_kinds())
    assert indicator.measure.name in MEASURES
    if indicator.measure.name == "within_limit":
        lines = {case_kinds()[kind].care_line for kind in indicator.measure.kinds}
        assert lines == {indicator.measure.line}


def test_every_named_measure_can_be_counted() -> None:
    from typing import get_args

    vocabulary = {part.model_fields["name"].annotation for part in get_args(get_args(definitions.Measure)[0])}

    assert {get_args(name)[0] for name in vocabulary} == set(MEASURES)


@pytest.mark.parametrize("board", BOARDS, ids=key)
def test_a_board_asks_what_its_indicators_answer(board: Board) -> None:
    assert set(board.areas) <= set(county().areas)
    for tile in board.tiles:
        indicator = definitions.indicator(tile.indicator)
        assert set(tile.by) <= set(indicator.by), tile
        period_of(tile.by)


def test_two_periods_in_one_question_are_refused() -> None:
    with pytest.raises(WrongQuestion, match="week and month"):
        period_of(("week", "month"))


GOOD = (shelf.ROOT / "indicators/care_within_7_days.yaml").read_text()


@pytest.mark.parametrize(
    "good, bad, says",
    [
        ("unit: percent", "unit: days", "gives percent"),
        ("days: 7", "days: 0", "greater than 0"),
        ("name: within_days", "name: within_hours", "within_hours"),
        ("by: [unit, ", "by: [colour, ", "colour"),
        ("owner: service-manager\n", "", "owner is missing"),
        ("  by: [week]", "  by: [rule]", "columns that the indicator does not have"),
    ],
)
def test_a_wrong_definition_is_refused_with_its_line(tmp_path: Path, good: str, bad: str, says: str) -> None:
    path = tmp_path / "wrong.yaml"
    assert good in GOOD
    path.write_text(GOOD.replace(good, bad))

    with pytest.raises(shelf.ShelfError, match=says) as refused:
        shelf.read(path, Indicator)

    assert refused.value.line >= 1


def texts(value: Any) -> Iterator[Text]:
    if isinstance(value, dict) and set(value) == {"fi", "sv", "en"}:
        yield Text(**value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from texts(part)
