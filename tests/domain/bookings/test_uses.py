"""A room or a thing is used by one at a time: the database itself refuses the second."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from luotsi.domain.bookings.models import Resource, ResourceUse
from tests.factories import MORNING, worker

HOUR = timedelta(hours=1)


def scanner(name: str) -> Resource:
    worker()
    return Resource.objects.create(
        unit_id="suun-kuhmo", kind="equipment", type="oral-scanner", name=name, active_from=date(2026, 1, 1)
    )


def use(of: Resource, starts: datetime) -> ResourceUse:
    return ResourceUse.objects.create(resource=of, starts_at=starts, ends_at=starts + HOUR, booking=uuid4())


@pytest.mark.django_db
def test_a_thing_is_used_by_one_at_a_time_and_by_the_next_right_after() -> None:
    one, other = scanner("1"), scanner("2")
    use(one, MORNING)
    use(other, MORNING)
    use(one, MORNING + HOUR)

    with pytest.raises(IntegrityError, match="one_use_at_a_time"), transaction.atomic():
        use(one, MORNING + HOUR / 2)
    assert ResourceUse.objects.filter(resource=one).count() == 2
