"""Notices on their way out. They leave after the transaction that caused them, and are tried again until they do."""

from django.db import models

from luotsi.base.ids import new_id


class Notice(models.Model):
    """One notice to one resident, or to one worker, because of one event. `cause` is unique: a repeated reaction sends
    nothing twice.

    `to` is an address that is not (or no longer) the resident's own, and `blanks` what the text is filled with; both
    are forgotten once the mail has left. After `until` it is not sent any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    cause = models.UUIDField(unique=True)
    resident = models.ForeignKey("people.Resident", null=True, on_delete=models.PROTECT, related_name="notices")
    staff = models.ForeignKey(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    template = models.TextField()
    to = models.EmailField(blank=True, db_default="")
    blanks = models.JSONField(db_default={}, default=dict)
    until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_to_a_resident_or_a_worker", condition=models.Q(resident=None) ^ models.Q(staff=None)
            ),
        ]
        indexes = [models.Index(fields=["next_try_at"], name="notice_due", condition=models.Q(sent_at=None))]
