"""A small demonstration county, filled once for all tests that look at its tables, and thrown away after them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from django.db import transaction

from luotsi.base.now import HELSINKI
from luotsi.demo import prepare
from luotsi.demo.outcomes import Story
from luotsi.demo.progress import Progress

AT = datetime(2026, 11, 18, 11, 0, tzinfo=HELSINKI)  # a Wednesday morning
FEW = 200


def tell(count: int, seed: int = 1) -> Story:
    """The story without a database."""
    return Story.tell(np.random.default_rng(seed), prepare.days_until(AT), count)


@pytest.fixture(scope="session")
def told() -> Story:
    """The county at the size that `luotsi demo` has."""
    return tell(5_000)


@pytest.fixture(scope="package")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[prepare.DemonstrationMade]:
    """The few residents' county in the database. The catalogue is left out: it is not the demonstration's."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(prepare.catalogue, "load_shelf", lambda **_: None)
        patch.setattr(prepare.national, "take_in", lambda **_: None)
        yield prepare.fill(count=FEW, seed=7, at=AT, progress=Progress(is_quiet=True))
        transaction.set_rollback(True)


@pytest.fixture
def county(filled: prepare.DemonstrationMade, db: None) -> prepare.DemonstrationMade:
    """The filled county; what a test does to it is undone, as in every test with a database."""
    return filled
