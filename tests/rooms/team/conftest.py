"""It is Monday 2.3.2026 at noon in Sotkamo."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from luotsi.base.who import Who
from tests.factories import MORNING, worker

NOON = MORNING + timedelta(hours=3)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def nurse(db: None) -> Who:
    return worker(name="Hilla Hoitaja")
