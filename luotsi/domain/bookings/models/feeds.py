"""The address at which a worker's own calendar reads their times."""

from django.db import models
from django.db.models import Q

from luotsi.base.ids import new_id


class CalendarFeed(models.Model):
    """One address of one worker. Whoever has it reads when the worker is booked, and nothing of anybody else.

    It is found by a keyed digest and kept nowhere: who has lost it makes another, and the earlier one has ended.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    staff = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="calendar_feeds")
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_feed_of_a_worker", fields=["staff"], condition=Q(ended_at=None)),
        ]
