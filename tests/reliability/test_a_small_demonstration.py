"""`luotsi demo --residents N` stands for few residents as for many."""

import pytest
from django.db import transaction

from luotsi.demo import prepare
from luotsi.demo.progress import Progress
from tests.demo.conftest import AT

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("count", [160, 600])
def test_few_residents_are_enough(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare.catalogue, "load_shelf", lambda **_: None)
    monkeypatch.setattr(prepare.national, "take_in", lambda **_: None)
    with transaction.atomic():
        made = prepare.fill(count=count, seed=1, at=AT, progress=Progress(is_quiet=True))
        assert made.residents == count
        transaction.set_rollback(True)
