"""Two administrators and a nurse, on Monday 2.3.2026 at noon."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from luotsi.base.who import Who
from tests.factories import MORNING, worker


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(MORNING + timedelta(hours=3), tick=False):
        yield


@pytest.fixture
def ada(db: None) -> Who:
    return worker("county-administrator", name="Ada Ensimmäinen")


@pytest.fixture
def eino(db: None) -> Who:
    return worker("county-administrator", name="Eino Toinen")


@pytest.fixture
def nurse(db: None) -> Who:
    return worker(name="Hilla Hoitaja")
