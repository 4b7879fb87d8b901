"""Why a worker has something to do with a resident: the reason that stands before every record."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id
from luotsi.base.who import Who


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    def in_force(self, at: datetime) -> "RelationshipQuerySet":
        """Relationships that hold at that moment."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), begins_at__lte=at)

    def of(self, viewer: Who, at: datetime) -> "RelationshipQuerySet":
        """Those of the worker's own units, and those of the worker in person, that hold at that moment.

        Each of the four ways names its whole index, so that a unit's ended relationships are not read.
        """
        units, person = Q(unit__in=list(viewer.units)), Q(staff_id=viewer.id)
        lasts, ends_later = Q(ends_at=None), Q(ends_at__gt=at)
        ways = units & lasts | units & ends_later | person & lasts | person & ends_later
        return self.filter(ways, begins_at__lte=at)


class Relationship(models.Model):
    """A unit's or one worker's care or client relationship with a resident, in one register, for a time.

    `ground` is a key of content/grounds: team, booking, plan, assignment or emergency. `subject` is the case, booking
    or plan it comes from. Written by the nouns whose facts these are, rebuilt from them by `luotsi access rebuild`.
    An emergency says why by `reason_key`, a key of content/emergency_reasons, and by the worker's words in `reason`. A
    privacy officer checks it: its `verdict` is justified or not_justified, and of the latter `verdict_why` says why.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    resident = models.ForeignKey("people.Resident", on_delete=models.PROTECT, related_name="relationships")
    unit = models.TextField(blank=True, db_default="")
    staff = models.ForeignKey("organisation.Staff", null=True, on_delete=models.PROTECT, related_name="relationships")
    register = models.TextField()
    ground = models.TextField()
    subject = models.UUIDField(null=True)
    reason = models.TextField(blank=True, db_default="")
    reason_key = models.TextField(blank=True, db_default="")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey("organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    verdict = models.TextField(blank=True, db_default="")
    verdict_why = models.TextField(blank=True, db_default="")

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="relationship_of_unit_or_worker", condition=Q(unit="") ^ Q(staff=None)),
            models.CheckConstraint(
                name="relationship_ends_after_it_begins", condition=Q(ends_at=None) | Q(ends_at__gte=F("begins_at"))
            ),
            models.CheckConstraint(
                name="emergency_has_a_reason_and_an_end",
                condition=~Q(ground="emergency") | (~Q(reason="") & Q(ends_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "ends_at"], name="relationship_of_unit"),
            models.Index(fields=["staff", "ends_at"], name="relationship_of_staff"),
            models.Index(fields=["resident"], name="relationship_of_resident"),
            models.Index(fields=["subject"], name="relationship_subject"),
        ]
