"""The import contract of .importlinter: dependencies point down, siblings do not know each other."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .tree import HOUSE, ROOT

_LINT = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True, no_logo=True))"
_UPWARD = [
    ("base/x.py", "import luotsi.ui", "Rooms over nouns"),
    ("ui/x.py", "import luotsi.domain.events", "Rooms over nouns"),
    ("domain/cases/x.py", "from luotsi.rooms import page", "Rooms over nouns"),
    ("gateways/x.py", "def f():\n    import luotsi.analytics", "Rooms over nouns"),
    ("domain/events/x.py", "from luotsi.domain.cases import models", "Nouns in their order"),
    ("domain/bookings/x.py", "import luotsi.domain.questionnaires", "Nouns in their order"),
    ("domain/widgets/__init__.py", "", "Nouns in their order"),
    ("domain/cases/x.py", "import luotsi.ui", "nothing of pages"),
    ("rooms/team/x.py", "import luotsi.rooms.resident", "A room does not know"),
    ("gateways/ptv/x.py", "import luotsi.gateways.documents", "A gateway does not know"),
    ("rooms/team/x.py", "import duckdb", "only home of DuckDB"),
    ("domain/programmes/x.py", "import pptx", "spoken at the door"),
    ("rooms/resident/x.py", "import saml2", "spoken at the door"),
    ("rooms/resident/x.py", "import pyvoikko", "Only the catalogue's finder"),
]


def lint(folder: Path) -> tuple[bool, str]:
    """Whether the `luotsi` package in that folder keeps the contract, and what the linter printed."""
    shutil.copy(ROOT / ".importlinter", folder) if folder != ROOT else None
    run = subprocess.run([sys.executable, "-c", _LINT], cwd=folder, capture_output=True, text=True, timeout=120)
    return run.returncode == 0, run.stdout + run.stderr


def empty_house(folder: Path) -> Path:
    """The packages of the house as they stand now, all of them empty."""
    for init in (ROOT / HOUSE).rglob("__init__.py"):
        copy = folder / init.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.touch()
    for package in ("gateways/ptv", "gateways/documents", "cli", "rooms/page"):
        (folder / HOUSE / package).mkdir(parents=True, exist_ok=True)
        (folder / HOUSE / package / "__init__.py").touch()
    (folder / HOUSE / "reactions.py").touch()
    return folder


def test_every_import_points_down() -> None:
    kept, printed = lint(ROOT)

    assert kept, printed


def test_a_house_without_imports_keeps_the_contract(tmp_path: Path) -> None:
    kept, printed = lint(empty_house(tmp_path))

    assert kept, printed


@pytest.mark.parametrize("file, line, contract", _UPWARD)
def test_an_import_that_points_up_breaks_the_contract(tmp_path: Path, file: str, line: str, contract: str) -> None:
    bad = empty_house(tmp_path) / HOUSE / file
    bad.parent.mkdir(exist_ok=True)
    bad.write_text(line)

    kept, printed = lint(tmp_path)

    assert not kept
    assert any(contract in row and "BROKEN" in row for row in printed.splitlines()), printed
