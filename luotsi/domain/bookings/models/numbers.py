"""Who waits at a counter without a time: a number, and nothing of whose it is."""

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id


class QueueNumber(models.Model):
    """A number that somebody took at a counter on a day. It is nobody's data: no name, no matter, no link to one.

    `desk` is where it was called to last; `how` says how it ended: served, absent (called and nobody came) or left.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField(unique=True)
    counter = models.TextField()
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    last_called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    desk = models.TextField(db_default="", default="", blank=True)
    ended_at = models.DateTimeField(null=True)
    how = models.TextField(db_default="", default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="number_given_once_a_day", fields=["counter", "day", "number"]),
            models.CheckConstraint(name="number_is_not_called_before", condition=Q(called_at__gte=F("taken_at"))),
            models.CheckConstraint(
                name="number_ends_in_words",
                condition=Q(ended_at=None, how="") | Q(ended_at__isnull=False, how__in=["served", "absent", "left"]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["counter", "day", "number"], name="number_waits", condition=Q(called_at=None, ended_at=None)
            ),
        ]
