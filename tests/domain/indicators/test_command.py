"""`luotsi indicator`: fixed forms that people script."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from luotsi.analytics.engine import DuckFigures
from luotsi.cli import main
from luotsi.domain.indicators import definitions, ports
from luotsi.domain.indicators.definitions import CaseFact
from tests.analytics.tables import figures_of

TODAY = date(2026, 3, 22)


@pytest.fixture(autouse=True)
def engine(tmp_path: Path) -> Iterator[None]:
    before = list(ports._connected)
    cases = [
        CaseFact(
            case=f"{unit}{number}", unit=unit, kind="health_need", line="primary_care", outcome="care_needed",
            assessed_day=TODAY - timedelta(days=9), due_day=TODAY - timedelta(days=1), first_visit_day=TODAY,
            settled_as="met" if number else "late", settled_day=TODAY,
        )
        for unit, count in (("kuhmo", 20), ("sotkamo", 10), ("paltamo", 3))
        for number in range(count)
    ]  # fmt: skip
    ports.connect(figures_of(tmp_path, cases=cases, as_of=TODAY))
    yield
    ports._connected[:] = before


def asked(capsys: Any, *words: str) -> Any:
    assert main(["indicator", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_table_by_unit_and_week_as_json(capsys: Any) -> None:
    table = asked(capsys, "care_within_limit", "--by", "unit,week", "--lang", "en")

    assert {key: table[key] for key in ("key", "name", "by", "measured_in", "since", "until")} == {
        "key": "care_within_limit", "name": "Care began within the limit", "by": ["unit", "week"],
        "measured_in": "percent", "since": "2026-03-22", "until": "2026-03-22",
    }  # fmt: skip
    assert table["as_of"].startswith("2026-03-22T15:00")
    assert table["rows"][0] == {
        "unit": "kuhmo", "week": "2026-W12", "value": 95.0, "numerator": 19, "denominator": 20, "coverage": 100.0,
        "apart": 0, "suppressed": False, "low_coverage": False, "target": None, "law": 100.0,
    }  # fmt: skip
    assert {(row["unit"], row["value"], row["suppressed"]) for row in table["rows"]} == {
        ("kuhmo", 95.0, False), ("paltamo", None, True), ("sotkamo", None, True),
    }  # fmt: skip
    assert table["total"]["denominator"] == 33


def test_one_unit_and_some_days(capsys: Any) -> None:
    table = asked(capsys, "care_within_limit", "--unit", "sotkamo", "--since", "2026-03-22", "--until", "2026-03-22")

    assert (table["total"]["numerator"], table["total"]["denominator"], table["rows"][0]["value"]) == (9, 10, 90.0)


def test_the_list_names_every_indicator_with_its_columns(capsys: Any) -> None:
    listed = asked(capsys, "list")

    assert [row["key"] for row in listed] == list(definitions.indicators())
    assert all("week" in row["by"] for row in listed)


def test_a_person_reads_a_table(capsys: Any) -> None:
    assert main(["indicator", "care_within_limit", "--by", "unit", "--lang", "en"]) == 0

    printed = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert printed[1:3] == [
        "Unit value numerator denominator coverage apart",
        "Kuhmo health station 95.0 % 19 20 100.0 % 0",
    ]
    assert "Paltamo health station too few 0" in printed
    assert printed[-2].startswith("coverage: Non-urgent first visits")


@pytest.mark.parametrize(
    "words, says",
    [
        (["care_in_limit"], "did you mean care_within_limit"),
        (["care_within_limit", "--by", "colour"], "cannot be broken down by 'colour'; choose from unit"),
        (["care_within_limit", "--unit", "helsinki"], "there is no unit 'helsinki'; there are kajaani-hva"),
        (["care_within_limit", "--since", "2026-04-01", "--until", "2026-03-01"], "after it ends"),
    ],
)
def test_what_is_asked_wrongly_is_said_and_nothing_is_printed(capsys: Any, words: list[str], says: str) -> None:
    assert main(["indicator", *words, "--json"]) == 2

    printed = capsys.readouterr()
    assert says in printed.err
    assert printed.out == ""


def test_a_day_written_otherwise_is_refused(capsys: Any) -> None:
    with pytest.raises(SystemExit):
        main(["indicator", "contacts", "--since", "1.3.2026"])

    assert "'1.3.2026' is not a day; write it as 2026-03-31" in capsys.readouterr().err


def test_before_there_are_facts_it_says_what_to_run(capsys: Any, tmp_path: Path) -> None:
    ports.connect(DuckFigures(tmp_path / "nowhere"))

    assert main(["indicator", "contacts"]) == 1
    assert "Run `luotsi demo`" in capsys.readouterr().err
