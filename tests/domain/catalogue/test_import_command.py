"""`luotsi import ptv FOLDER`: what changed, what would change, and what is wrong, in words and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from luotsi.cli import intake, main
from luotsi.domain.catalogue.models import Service
from tests.factories import ptv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    entities = [ptv.service("Puutarhakerho", "Linja"), ptv.channel("Linja")]
    (tmp_path / "all.json").write_text(json.dumps(entities))
    return tmp_path


def run(capsys: Any, *words: str) -> tuple[int, str, str]:
    code = main(["import", "ptv", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_folder_is_taken_in_and_said_in_words(folder: Path, capsys: Any) -> None:
    code, out, _ = run(capsys, str(folder))
    assert code == 0
    assert out.splitlines()[0] == "1 added: puutarhakerho"
    assert Service.objects.published().filter(key="puutarhakerho").exists()


def test_a_dry_run_says_what_would_change(folder: Path, capsys: Any) -> None:
    code, out, _ = run(capsys, str(folder), "--dry-run", "--json")
    told = json.loads(out)
    assert (code, told["taken"], told["added"], told["channels"]) == (0, False, ["puutarhakerho"], 1)
    assert not Service.objects.filter(key="puutarhakerho").exists()


def test_what_is_broken_is_named_and_the_catalogue_stays(folder: Path, capsys: Any) -> None:
    run(capsys, str(folder))
    (folder / "more.json").write_text(json.dumps([ptv.service("Uusi", serviceNames=None)]))
    code, out, error = run(capsys, str(folder))
    assert (code, out) == (1, "")
    assert "more.json" in error
    assert "the catalogue is as it was" in error
    code, out, _ = run(capsys, str(folder), "--json")
    (fault,) = json.loads(out)["faults"]
    assert fault["file"] == "more.json"
    assert not Service.objects.filter(name__fi="Uusi").exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: Any) -> None:
    code, _, error = run(capsys, str(tmp_path / "missing"))
    assert code == 2
    assert "there is no folder" in error


def test_the_bar_is_drawn_only_where_somebody_looks(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    args: Any = type("Args", (), {"json": False})
    intake._bar(args)("reading", 1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    draw = intake._bar(args)
    draw("reading", 1, 2)
    assert "████████████░░░░░░░░░░░░ reading 1/2" in capsys.readouterr().err
