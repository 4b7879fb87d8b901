"""Clocks that run on something. Each row is a cache: events are the truth, `actions.rebuild` proves the rows right."""

from typing import ClassVar

from django.db import models

from luotsi.base.ids import new_id

OPEN_STATES = ("running", "due_soon", "at_risk", "overdue")


class Clock(models.Model):
    """One limit on one subject (a case). Nobody edits a row: `follow` writes it, `tick` moves its state.

    `due_on` is the last lawful day, null when no limit is known; `wake_at` is when the state may next change by
    itself, null when it cannot. `because` holds the steps of the explanation, without words.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    subject = models.UUIDField()
    line = models.TextField()
    rule = models.TextField()
    started_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    paused_since = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    state = models.TextField()
    because = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "line", "started_at"], name="clock_once"),
            models.CheckConstraint(
                name="clock_stopped_iff_closed",
                condition=models.Q(state__in=OPEN_STATES, stopped_at__isnull=True)
                | models.Q(state__in=("met", "late", "ended"), stopped_at__isnull=False),
            ),
            models.CheckConstraint(
                name="clock_wakes_only_while_open",
                condition=models.Q(wake_at__isnull=True) | models.Q(stopped_at__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], name="clock_wake", condition=models.Q(wake_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.state}"
