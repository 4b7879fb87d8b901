"""What the tests keep from one to the next, to be quick, is what they would have made."""

from pathlib import Path

import pytest

from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.catalogue.queries import find
from tests import database
from tests.factories import MORNING
from tests.factories.shelf import services_stand


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small tree with one migration and what is installed."""
    (tmp_path / "luotsi" / "people" / "migrations").mkdir(parents=True)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "luotsi" / "people" / "migrations" / "0001_initial.py").write_text("a table")
    (tmp_path / "requirements" / "run.txt").write_text("django==5.2")
    monkeypatch.setattr(database, "_ROOT", tmp_path)
    return tmp_path


def test_the_same_migrations_find_their_tables_again(house: Path) -> None:
    before = database._name()
    (house / "luotsi" / "people" / "models.py").write_text("what a migration has not made yet")

    assert database._name() == before


@pytest.mark.parametrize("what", ["changed", "added", "renamed", "installed"])
def test_tables_of_other_migrations_are_not_used(house: Path, what: str) -> None:
    before = database._name()
    first = house / "luotsi" / "people" / "migrations" / "0001_initial.py"
    match what:
        case "changed":
            first.write_text("another table")
        case "added":
            first.with_name("0002_more.py").write_text("a column")
        case "renamed":
            first.rename(first.with_name("0001_first.py"))
        case "installed":
            (house / "requirements" / "run.txt").write_text("django==5.3")

    assert database._name() != before


@pytest.mark.django_db
@pytest.mark.parametrize("turn", ["loaded", "put back"])
def test_services_that_are_put_back_are_those_of_the_shelf(turn: str) -> None:
    services_stand()

    assert find("hammas lohkesi", language="fi").results[0].key == "urgent-dental-care"
    assert catalogue.load_shelf(by=SYSTEM, at=MORNING).is_empty
