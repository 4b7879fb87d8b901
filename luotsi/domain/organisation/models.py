"""Who works where, in which role, from when to when."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id


class Unit(models.Model):
    """A unit of the county. The shelf says which there are; the row is what other tables point at."""

    key = models.TextField(primary_key=True)
    register = models.TextField(default="none")

    def __str__(self) -> str:
        return self.key


class Staff(models.Model):
    """A worker of the county."""

    id = models.UUIDField(primary_key=True, default=new_id)
    name = models.TextField()
    mail = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.name


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self, on: date) -> "AssignmentQuerySet":
        """Assignments that hold on that day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class Assignment(models.Model):
    """A staff member's role in a unit for a time. Dates are inclusive; no end means until further notice."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    role = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
            models.UniqueConstraint(name="one_assignment_at_a_time", fields=["staff", "unit", "role", "valid_from"]),
        ]
