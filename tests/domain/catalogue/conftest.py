"""The catalogue from the shelf, loaded once for each file of tests and taken away after it."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction

from luotsi.base.now import HELSINKI
from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions

TUESDAY_MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=HELSINKI)


@pytest.fixture(scope="module")
def catalogue(django_db_setup: None, django_db_blocker) -> Iterator[actions.Loaded]:  # type: ignore[no-untyped-def]
    with django_db_blocker.unblock(), transaction.atomic():
        yield actions.load_shelf(by=SYSTEM, at=TUESDAY_MORNING)
        transaction.set_rollback(True)
