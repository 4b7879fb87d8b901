"""A data folder of one's own for tests that write facts."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    """Where the facts of this test go."""
    settings.DATA = tmp_path
    return tmp_path / "facts"
