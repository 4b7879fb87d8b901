"""Inviting many people at once to choose a time for themselves."""

from django.db import models
from django.db.models import Q

from luotsi.base.ids import new_id


class Recall(models.Model):
    """One round of invitations of a unit to a cohort of the shelf. Whom it invited stands with those who wait.

    `candidates` were born at the right time when it began; `seen` of them have been looked at, `invited` got an
    invitation. `after` is the last id that was looked at: who goes on begins there.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    cohort = models.TextField()
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="recalls")
    made_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    closes_on = models.DateField()
    candidates = models.PositiveIntegerField()
    seen = models.PositiveIntegerField(default=0)
    invited = models.PositiveIntegerField(default=0)
    after = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_recall_at_a_time", fields=["cohort", "unit"], condition=Q(ended_at=None)),
        ]
