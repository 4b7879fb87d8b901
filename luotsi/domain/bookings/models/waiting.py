"""Who waits for a time, and what they were offered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id
from luotsi.domain.bookings.models.recalls import Recall
from luotsi.domain.bookings.models.times import Booking, Slot


class WaitingEntry(models.Model):
    """A resident waits for a time of an offering in some units. `subject` is the matter it is about, if any.

    `why` and `closed_reason` are words of the shelf, `due_at` what the matter's clock says; `wishes` are days, times
    and places in the resident's choice, never a note. `asked_at`: last asked whether they need it still; `needed_at`:
    last said so, by them or by a worker. Who `is_invited` by a recall chooses a time until `due_at`.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    resident = models.ForeignKey("people.Resident", on_delete=models.PROTECT, related_name="waiting")
    key = models.UUIDField()
    subject = models.UUIDField(null=True)
    offering = models.TextField()
    units = ArrayField(models.TextField(), default=list)
    why = models.TextField(blank=True)
    urgency = models.TextField(blank=True)
    wishes = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, null=True, related_name="entries")
    is_invited = models.BooleanField(default=False, db_default=False)
    asked_at = models.DateTimeField(null=True)
    needed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="waiting_sent_once", fields=["resident", "key"]),
            models.UniqueConstraint(
                name="waiting_once_for_one_thing",
                fields=["resident", "offering", "subject"],
                condition=Q(closed_at=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="waiting_ends_with_a_reason",
                condition=Q(closed_at=None, closed_reason="")
                | Q(closed_at__isnull=False, closed_at__gte=F("entered_at")) & ~Q(closed_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["offering", "entered_at"], name="waiting_open", condition=Q(closed_at=None)),
        ]


class SlotOffer(models.Model):
    """A free time offered to one who waits, until `answer_by`. `answer` is "" until they answer or the time has passed.

    `booking` is the place that is kept meanwhile. `digest` is of the link by which they answer; the link is not kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    entry = models.ForeignKey(WaitingEntry, on_delete=models.CASCADE, related_name="offers")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="offers")
    booking = models.ForeignKey(Booking, on_delete=models.SET_NULL, null=True, related_name="+")
    digest = models.TextField(blank=True)
    offered_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="time_offered_once_to_one", fields=["entry", "slot"]),
            models.UniqueConstraint(name="one_offer_at_a_time", fields=["entry"], condition=Q(answered_at=None)),
            models.CheckConstraint(name="offer_leaves_time_to_answer", condition=Q(answer_by__gt=F("offered_at"))),
            models.CheckConstraint(
                name="offer_is_answered_in_words",
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
            ),
        ]
