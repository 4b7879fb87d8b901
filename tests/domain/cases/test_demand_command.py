"""`luotsi demand`: the suggestion, the share and the agreement of two coders, asked without a browser."""

import json
from pathlib import Path
from typing import Any

import pytest

from luotsi.cli import main


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["demand", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def test_forty_of_ninety_five_are_42_point_1_percent(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "share", "--failure", "40", "--value", "55", "--unknown", "5")
    assert found == {"contacts": 100, "failure_percent": 42.1, "unknown_percent": 5.0}


def test_nothing_classed_has_no_share(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "share", "--unknown", "5")["failure_percent"] is None


def test_the_words_that_suggest_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "suggest", "Missä lähetteeni viipyy?")
    assert (found["demand"], found["kind"], found["words"]) == ("F1", "failure", ["missä", "lähetteeni", "viipyy"])
    assert asked(capsys, "suggest", "xqzt")["demand"] is None


def test_two_coders_of_a_hundred_contacts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("F1,F1\n" * 40 + "V1,V1\n" * 40 + "F1,V1\n" * 10 + "V1,F1\n" * 10 + "\n", "utf-8")
    assert asked(capsys, "kappa", str(file)) == {"contacts": 100, "agreed": 80, "kappa": 0.6}


@pytest.mark.parametrize(
    ("written", "said"), [("F1,X9\n", "no code X9"), ("F1\n", "codes.csv:1"), (None, "cannot read")]
)
def test_what_cannot_be_read_is_said_by_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, written: str | None, said: str
) -> None:
    file = tmp_path / "codes.csv"
    if written is not None:
        file.write_text(written, "utf-8")
    assert main(["demand", "kappa", str(file)]) == 2
    assert said in capsys.readouterr().err


def test_fewer_than_no_contacts_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demand", "share", "--failure=-1"]) == 2
    assert "not negative" in capsys.readouterr().err
