"""Times that can be given, and to whom they were."""

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id


class Slot(models.Model):
    """A time in a professional's calendar. `taken` never passes `capacity`: the database sees to it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="slots")
    staff = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="slots")
    profession = models.TextField()
    mode = models.TextField(default="visit")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField(default=1)
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="slot_never_oversold", condition=Q(taken__lte=F("capacity"))),
            models.CheckConstraint(name="slot_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.UniqueConstraint(name="one_slot_at_a_time", fields=["staff", "starts_at"]),
        ]
        indexes = [
            models.Index(fields=["unit", "starts_at"], name="slot_free", condition=Q(taken__lt=F("capacity"))),
        ]


class Booking(models.Model):
    """A slot given to a resident. What became of it are moments; its state is computed from them."""

    id = models.UUIDField(primary_key=True, default=new_id)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    resident = models.ForeignKey("people.Resident", on_delete=models.PROTECT, related_name="bookings")
    key = models.UUIDField()
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="booking_sent_once", fields=["resident", "key"]),
            models.CheckConstraint(name="booking_answered_once", condition=Q(accepted_at=None) | Q(declined_at=None)),
        ]
