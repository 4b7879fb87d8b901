"""Who works where, in which role, from when to when, and who gave it to them."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id
from luotsi.base.now import HELSINKI

_SOURCES = ("person", "directory", "system")


def begin_of(day: date) -> datetime:
    """The first moment of a Finnish day."""
    return datetime.combine(day, time(), HELSINKI)


class Unit(models.Model):
    """A unit of the county. The shelf says which there are; the row is what other tables point at."""

    key = models.TextField(primary_key=True)
    register = models.TextField(default="none")

    def __str__(self) -> str:
        return self.key


class Staff(models.Model):
    """A worker of the county. `provider` and `subject` are how their directory knows them; "" when it does not.

    `left_on` is the first day on which they no longer work here.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    name = models.TextField()
    mail = models.EmailField(blank=True)
    provider = models.TextField(blank=True)
    subject = models.TextField(blank=True)
    left_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_worker_for_a_sign_in", fields=["provider", "subject"], condition=~Q(subject="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self, on: date) -> "AssignmentQuerySet":
        """Assignments that hold on that day: confirmed, begun, not over, not taken back, of somebody who works here."""
        return self.filter(
            Q(valid_to=None) | Q(valid_to__gte=on),
            Q(ended_at=None) | Q(ended_at__gte=begin_of(on + timedelta(days=1))),
            Q(staff__left_on=None) | Q(staff__left_on__gt=on),
            valid_from__lte=on,
            confirmed_at__isnull=False,
        )


class Assignment(models.Model):
    """A staff member's role in a unit for a time. Dates are inclusive; no end means until further notice.

    A person gives it (`source` "person") with a reason and an end, and it holds only when a second person confirmed it.
    One that the directory of staff gives holds for the day of the sign-in; the system itself gives those of imports.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    role = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.TextField(default="system")
    reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
            models.UniqueConstraint(
                name="one_assignment_at_a_time",
                fields=["staff", "unit", "role", "valid_from", "source"],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(name="assignment_has_a_source", condition=Q(source__in=_SOURCES)),
            models.CheckConstraint(
                name="a_person_gives_with_reason_and_end",
                condition=~Q(source="person")
                | (Q(proposed_by__isnull=False, proposed_at__isnull=False, valid_to__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="what_a_person_gives_a_person_confirms",
                condition=Q(confirmed_at=None) | ~Q(source="person") | Q(confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_person_waits_for_a_second_one",
                condition=Q(source="person") | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_second_person_confirms",
                condition=Q(confirmed_by=None) | (~Q(confirmed_by=F("proposed_by")) & ~Q(confirmed_by=F("staff"))),
            ),
        ]


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> "AbsenceQuerySet":
        """Absences that hold on that day."""
        return self.filter(begins_on__lte=day, ends_on__gte=day, ended_at=None)


class Absence(models.Model):
    """A worker is away for these days; both count. Why is nobody's business here. `substitute` looks after their work.

    One that is ended, because they came back or it was a mistake, stays with its end.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="absences")
    begins_on = models.DateField()
    ends_on = models.DateField()
    substitute = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    marked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    marked_at = models.DateTimeField()
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="absence_ends_after_it_begins", condition=Q(ends_on__gte=F("begins_on"))),
            models.CheckConstraint(
                name="nobody_substitutes_for_themselves", condition=Q(substitute=None) | ~Q(substitute=F("staff"))
            ),
        ]


class Qualification(models.Model):
    """What a worker is qualified for besides their profession, by a key of content/qualifications. Both days count.

    One that was recorded wrongly, or is not kept up, stays with its end.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="qualifications")
    key = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="qualification_lasts_a_day", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
            models.UniqueConstraint(
                name="one_qualification_of_a_kind", fields=["staff", "key"], condition=Q(ended_at=None)
            ),
        ]
