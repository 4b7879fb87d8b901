"""`luotsi programme`, as people script it."""

import json

import pytest

from luotsi.cli import main


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert main(["programme", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_money_of_hella_is_printed_beside_computed(capsys: pytest.CaptureFixture[str]) -> None:
    table = answer(capsys, "budget", "hella")
    rows = {row["key"]: row for row in table["rows"]}

    assert (table["programme"], table["currency"], table["as_of"]) == ("hella", "EUR", "2022-06-30")
    assert rows["staff"]["name"] == "Henkilöstömenot, joista"
    assert rows["staff"]["columns"]["2020_plan"] == {
        "stated": 132731, "computed": 132731, "difference": 0, "verdict": "agrees", "basis": "sum_of_lines",
    }  # fmt: skip
    assert rows["total"]["columns"]["left"]["stated"] == 400455
    assert rows["total"]["columns"]["left"]["computed"] == 3767906
    assert rows["total"]["columns"]["2022_actual"]["verdict"] == "rounding"
    assert [(found["row"], found["column"], found["difference"]) for found in table["disagreements"]] == [
        ("total", "left", 3367451)
    ]


def test_person_years_that_do_not_add_up_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "budget", "soite-growth", "--lang", "sv")["disagreements"]

    assert [(one["row"], one["stated"], one["computed"], one["place"]) for one in found] == [
        ("investment-4", 1.26, 1.17, None),
        ("total", 15.69, 15.01, "Texten i kapitel 6.2"),
    ]


def test_programmes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    plans = answer(capsys, "list", "--lang", "en")["programmes"]

    assert [(plan["key"], plan["parts"], plan["measures"], plan["period"]) for plan in plans] == [
        ("hella", 11, 0, [2020, 2023]),
        ("kestava-kasvu-kainuu", 3, 25, [2022, 2022]),
        ("osaksi", 2, 12, [2020, 2022]),
        ("siun-sote", 5, 0, [2020, 2022]),
        ("soite-growth", 4, 98, [2022, 2025]),
    ]


def test_a_programme_is_told_whole(capsys: pytest.CaptureFixture[str]) -> None:
    plan = answer(capsys, "hella")
    oral = next(part for part in plan["parts"] if part["key"] == "hella-oral-care")

    assert oral["care_guarantee"] == {"days": 0, "months": 3, "printed": "Hoitotakuu: 3 kk"}
    assert {one["key"]: one["value"] for one in oral["status"]["figures"]["values"]} == {
        "queue-kajaani": 1022,
        "queue-kuhmo": 66,
    }
    assert oral["status"]["day"] == "2022-09-14"


def test_measures_and_pilots_are_told_with_their_states(capsys: pytest.CaptureFixture[str]) -> None:
    digital = next(part for part in answer(capsys, "kestava-kasvu-kainuu")["parts"] if part["order"] == 4)
    chatbot = next(one for one in digital["measure_sets"][0]["measures"] if one["key"] == "chatbot")

    assert (chatbot["state"], chatbot["standings"][0]["reason"]) == (
        "late",
        "Hankinta pysähtyy, markkinaoikeuden käsittely",
    )


def test_the_plan_for_people_counts_states(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["programme", "kestava-kasvu-kainuu"]) == 0
    shown = capsys.readouterr().out

    assert "25 measures: 4 done, 14 going, 3 late, 2 not_started, 2 stopped" in shown


def test_the_table_for_people_marks_the_wrong_figure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["programme", "budget", "hella"]) == 0
    shown = capsys.readouterr().out.replace("\u00a0", " ")

    assert "400 455*" in shown
    assert "stated 400 455, computed 3 767 906" in shown
    assert "314 043~" in shown


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["nope"], "no programme has the key 'nope'; there are: hella"),
        (["budget", "nope"], "no programme has the key 'nope'"),
        (["budget"], "say `luotsi programme list`"),
        (["hella", "budget"], "say `luotsi programme list`"),
    ],
)
def test_what_was_asked_wrongly_is_said(words: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["programme", *words]) == 2
    assert why in capsys.readouterr().err
