"""Append-only facts: what happened, when, where and to whom; the outbox; and who saw whose data, under seal."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
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


class Use(models.Model):
    """A resident's data left the server, were asked for and refused, or were disclosed. Never what the data said.

    PostgreSQL refuses UPDATE, TRUNCATE and, for twelve years, DELETE (act 703/2023). `xid` is the writing transaction:
    seals cover ranges of it. `log` is usage or disclosure, `outcome` shown or refused, `action` the purpose, `ground`
    why the viewer may. `at` is the database's own clock. Texts are "" when unknown.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=models.Func(function="clock_timestamp"))
    log = models.TextField()
    outcome = models.TextField()
    actor_kind = models.TextField()
    actor_id = models.UUIDField(null=True)
    actor_role = models.TextField()
    actor_units = ArrayField(models.TextField())
    acting_for = models.UUIDField(null=True)
    resident = models.UUIDField(null=True)
    what = models.TextField()
    subject = models.UUIDField(null=True)
    register = models.TextField()
    action = models.TextField()
    ground = models.TextField()
    recipient = models.TextField()
    request = models.TextField()
    address = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["resident", "-at"], name="use_resident"),
            models.Index(fields=["actor_id", "-at"], name="use_actor"),
            BrinIndex(fields=["at"], name="use_at", autosummarize=True),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(log__in=["usage", "disclosure"]), name="use_log_known"),
            models.CheckConstraint(condition=models.Q(outcome__in=["shown", "refused"]), name="use_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.log} {self.at:%Y-%m-%d %H:%M}"


class Seal(models.Model):
    """Closes a range of the log: from transaction `lower` to before `upper`, `rows` rows with this digest (SHA-256).

    `mac` is keyed and covers the seal before it (`previous`), so that none can be taken out or written anew. A seal of
    kind erasure says that the sealed ranges up to `upper` were dropped when their time had passed.
    """

    number = models.BigIntegerField(primary_key=True)
    kind = models.TextField()
    form = models.SmallIntegerField()
    lower = models.BigIntegerField()
    upper = models.BigIntegerField()
    rows = models.BigIntegerField()
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    digest = models.TextField()
    at = models.DateTimeField()
    previous = models.TextField()
    mac = models.TextField()

    def __str__(self) -> str:
        return f"seal {self.number}"
