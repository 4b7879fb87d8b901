"""Groups that meet again and again."""

from django.db import models
from django.db.models import F, Q

from luotsi.domain.bookings.models.plans import Plan


class Group(models.Model):
    """A series of meetings of a plan, for which one signs up as a whole or to which one just comes (the offering says).

    Its meetings are the plan's times, its places their places, its leader the plan's worker; who has signed up is told
    by their bookings, those of one person with one `series`. On `decide_by` it is called off when fewer than `fewest`
    have signed up; `decided_at` says that it is held. `ended_at`: its last meeting is over and feedback was asked for.
    """

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, primary_key=True, related_name="group")
    offering = models.TextField()
    name = models.TextField(blank=True)  # what tells it from others of the same offering; not of a person
    fewest = models.PositiveSmallIntegerField(default=1)
    decide_by = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="group_needs_somebody", condition=Q(fewest__gt=0)),
            models.CheckConstraint(
                name="group_called_off_for_a_reason", condition=Q(cancelled_at=None) ^ ~Q(cancel_reason="")
            ),
            models.CheckConstraint(
                name="group_is_held_or_called_off", condition=Q(cancelled_at=None) | Q(ended_at=None)
            ),
        ]
        indexes = [
            models.Index(
                F("decide_by"), name="group_undecided", condition=Q(decided_at=None, cancelled_at=None, ended_at=None)
            ),
            models.Index(fields=["offering"], name="group_standing", condition=Q(cancelled_at=None, ended_at=None)),
        ]
