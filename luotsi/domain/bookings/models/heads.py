"""How many came without a name."""

from django.db import models

from luotsi.base.ids import new_id
from luotsi.domain.bookings.models.times import Slot


class HeadCount(models.Model):
    """How many came to a time without a booking under their name: to a group, a meeting place, a vehicle's stop.

    Those who had one are counted by their bookings, so that nobody is counted twice. It is nobody's data. One row for
    a time: who counts again corrects it, and what was said before stays as an event.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    slot = models.OneToOneField(Slot, on_delete=models.PROTECT, related_name="heads")
    people = models.PositiveSmallIntegerField()
    counted_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    counted_at = models.DateTimeField()
