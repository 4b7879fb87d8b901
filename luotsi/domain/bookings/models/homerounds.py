"""Home visits of a day, where the rounds of the day laid them, and the plannings of a day."""

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id
from luotsi.domain.bookings.models.times import Booking


class HomeVisit(models.Model):
    """A visit that a resident needs at home on a day, to begin between `earliest` and `latest` by the Finnish clock.

    `staff` and `starts_at` are where it is laid; `is_pinned` when a planner chose them. `why_left` says why it found no
    place. `booking` is the time that the resident was given. A home that is better known than by its postal area has
    its point in metres of ETRS-TM35FIN; of somebody under a protection order none is kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    resident = models.ForeignKey("people.Resident", on_delete=models.PROTECT, related_name="home_visits")
    key = models.UUIDField()
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    offering = models.TextField()
    reason = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField()
    earliest = models.TimeField()
    latest = models.TimeField()
    own_worker = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_urgent = models.BooleanField(default=False)
    northing = models.IntegerField(null=True)
    easting = models.IntegerField(null=True)
    series = models.UUIDField(null=True)
    made_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    staff = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    starts_at = models.DateTimeField(null=True)
    is_pinned = models.BooleanField(default=False)
    why_left = models.TextField(blank=True)
    booking = models.OneToOneField(Booking, on_delete=models.SET_NULL, null=True, related_name="home_visit")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="home_visit_sent_once", fields=["resident", "key"]),
            models.CheckConstraint(name="home_visit_has_a_window", condition=Q(latest__gte=F("earliest"))),
            models.CheckConstraint(name="home_visit_lasts", condition=Q(minutes__gt=0)),
            models.CheckConstraint(
                name="home_visit_laid_with_somebody",
                condition=Q(staff=None, starts_at=None) | Q(staff__isnull=False, starts_at__isnull=False),
            ),
            models.CheckConstraint(name="home_visit_pinned_somewhere", condition=Q(is_pinned=False) | ~Q(staff=None)),
            models.CheckConstraint(
                name="home_visit_at_a_point",
                condition=Q(northing=None, easting=None) | Q(northing__isnull=False, easting__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "day"], name="home_visit_of_day", condition=Q(cancelled_at=None)),
            models.Index(fields=["staff", "day"], name="home_visit_of_worker", condition=Q(cancelled_at=None)),
        ]


class RoundPlanning(models.Model):
    """One search for the rounds of a unit's day: how far it is, and what it found. Says nothing of a resident."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    asked_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    percent = models.PositiveSmallIntegerField(default=0)
    visits = models.PositiveSmallIntegerField(default=0)
    placed = models.PositiveSmallIntegerField(default=0)
    drive_minutes = models.PositiveIntegerField(default=0)
    has_failed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_planning_of_a_day_at_a_time", fields=["unit", "day"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(name="planning_is_a_part_of_a_whole", condition=Q(percent__lte=100)),
        ]
        indexes = [models.Index(fields=["unit", "day", "-asked_at"], name="planning_of_day")]
