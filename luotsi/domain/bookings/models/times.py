"""Times that can be given, and to whom they were."""

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id
from luotsi.domain.bookings.models.plans import Plan, Resource


class Slot(models.Model):
    """A time in the calendar of a professional, or of a thing that is booked by itself (`staff` None, `resource` set).

    `taken` never passes `capacity` and what the offering lets be overbooked: the database sees to it. `offering` is ""
    where any that the profession gives fits. A time that is not held after all has `closed_at`; it is never deleted.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    # No index of their own: those below begin with them, and each one more slows the making of a season's times.
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="slots", db_index=False)
    staff = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="slots", db_index=False
    )
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, related_name="slots", db_index=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="slots")
    profession = models.TextField()
    offering = models.TextField(db_default="", default="", blank=True)
    mode = models.TextField(default="visit")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField(default=1)
    overbook = models.PositiveSmallIntegerField(db_default=0, default=0)
    taken = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.TextField(db_default="", default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="slot_never_oversold", condition=Q(taken__lte=F("capacity") + F("overbook"))),
            models.CheckConstraint(name="slot_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="slot_of_somebody_or_something", condition=Q(staff__isnull=False) | Q(resource__isnull=False)
            ),
            models.UniqueConstraint(
                name="one_slot_at_a_time", fields=["staff", "starts_at"], condition=Q(closed_at=None)
            ),
            models.UniqueConstraint(
                name="one_slot_of_a_thing_at_a_time",
                fields=["resource", "starts_at"],
                condition=Q(closed_at=None, resource__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "starts_at"], name="slot_free", condition=Q(taken__lt=F("capacity"), closed_at=None)
            ),
            models.Index(
                fields=["mode", "starts_at"],
                name="slot_free_anywhere",
                condition=Q(taken__lt=F("capacity"), closed_at=None),
            ),
            models.Index(fields=["unit", "starts_at"], name="slot_of_unit"),
        ]


class Booking(models.Model):
    """A slot given to a resident. What became of it are moments; its state is computed from them.

    `held_at` is when the visit took place. `hold_until` keeps the time for somebody who is still choosing. Several
    times booked as one have one `series`. `offering` and `reason` say what for, in the words of the shelf: no note.
    `made_by` is the worker who gave it, None for the resident's own.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    resident = models.ForeignKey("people.Resident", on_delete=models.PROTECT, related_name="bookings")
    key = models.UUIDField()
    offering = models.TextField(db_default="", default="", blank=True)
    reason = models.TextField(db_default="", default="", blank=True)
    series = models.UUIDField(null=True)
    moved_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="moved_to")
    made_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    offered_at = models.DateTimeField()
    hold_until = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.TextField(blank=True)
    cancel_reason = models.TextField(db_default="", default="", blank=True)
    arrived_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    no_show_at = models.DateTimeField(null=True)
    no_show_reason = models.TextField(db_default="", default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="booking_sent_once", fields=["resident", "key"]),
            models.CheckConstraint(name="booking_answered_once", condition=Q(accepted_at=None) | Q(declined_at=None)),
            models.CheckConstraint(name="booking_came_or_did_not", condition=Q(held_at=None) | Q(no_show_at=None)),
        ]
        indexes = [
            models.Index(fields=["series"], name="booking_series", condition=Q(series__isnull=False)),
            models.Index(
                fields=["hold_until"],
                name="booking_kept",
                condition=Q(hold_until__isnull=False, accepted_at=None, cancelled_at=None),
            ),
        ]
