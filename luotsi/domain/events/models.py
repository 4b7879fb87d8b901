"""Append-only facts: what happened, when, where and to whom. The source of every figure, and the outbox."""

from django.db import models
from django.db.models.functions import Now

from luotsi.base.ids import new_id


class Event(models.Model):
    """One thing that happened. PostgreSQL refuses UPDATE and DELETE; a correction is a new event (`corrects`).

    `occurred_at` is when it happened, `recorded_at` when we learnt of it, `local_day` the Finnish day of the former.
    `xid` is the writing transaction: readers go up to pg_snapshot_xmin, since sequence order is not commit order.
    Text dimensions are "" when unknown.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=new_id, unique=True)
    kind = models.TextField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    local_day = models.DateField()
    actor_kind = models.TextField()
    actor_id = models.UUIDField(null=True)
    actor_role = models.TextField(default="")
    subject = models.UUIDField(null=True)
    resident = models.UUIDField(null=True)
    unit = models.TextField(default="")
    service = models.TextField(default="")
    case_kind = models.TextField(default="")
    register = models.TextField(default="")
    channel = models.TextField(default="")
    profession = models.TextField(default="")
    urgency = models.TextField(default="")
    municipality = models.TextField(default="")
    language = models.TextField(default="")
    corrects = models.UUIDField(null=True)
    body = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "occurred_at"], name="event_subject"),
            models.Index(fields=["kind", "occurred_at"], name="event_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_at:%Y-%m-%d %H:%M}"


class Cursor(models.Model):
    """How far a reader of the outbox has come: the transaction and number of the last event it handled."""

    name = models.TextField(primary_key=True)
    xid = models.BigIntegerField(default=0)
    event = models.BigIntegerField(default=0)
