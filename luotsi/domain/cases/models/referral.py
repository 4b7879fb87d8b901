"""One thread between professions: asked, accepted, returned, answered. Nothing in it is ever changed."""

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id


class Referral(models.Model):
    """A case is sent to another unit by a route of the shelf, with a question. What became of it are its entries.

    `opened` is the receiver's own case, when the route opens one. `follows` is the referral that this one repeats.
    `register` is the register that the receiver writes in: the receiver sees this thread, not the sender's case.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField(unique=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="referrals")
    resident = models.ForeignKey("people.Resident", on_delete=models.PROTECT, related_name="referrals")
    register = models.TextField()
    route = models.TextField()
    from_unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    to_unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="referrals", db_index=False)
    urgency = models.TextField(blank=True, db_default="")
    question = models.TextField()
    sent_by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    opened = models.OneToOneField("cases.Case", null=True, on_delete=models.PROTECT, related_name="opened_by")
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="repeats", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="referral_leaves_its_unit", condition=~Q(from_unit=F("to_unit"))),
        ]
        indexes = [
            models.Index(fields=["to_unit", "sent_at"], name="referral_open", condition=Q(ended_at=None)),
            models.Index(fields=["from_unit", "-sent_at"], name="referral_sent"),
        ]


class ReferralEntry(models.Model):
    """What somebody did with a referral, or wrote in it. Rows are added and never changed.

    `step` is a step of the referral's rules, `reason` a key of the route (why returned or on hold), `minutes` the time
    that answering took, `slot` a consultation time given for it, `until_on` the day until which it is on hold.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField(unique=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="entries")
    step = models.TextField()
    reason = models.TextField(blank=True, db_default="")
    note = models.TextField(blank=True, db_default="")
    minutes = models.PositiveSmallIntegerField(null=True)
    until_on = models.DateField(null=True)
    slot = models.ForeignKey("bookings.Slot", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    written_by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()


class Direction(models.Model):
    """The guidance desk pointed the resident to a service of the catalogue, and why; `result` says what came of it.

    `opened` is the case that it opened, where the service is one of this system's units.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField(unique=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="directions")
    service = models.TextField()
    why = models.TextField()
    result = models.TextField(blank=True, db_default="")
    result_at = models.DateTimeField(null=True)
    opened = models.OneToOneField("cases.Case", null=True, on_delete=models.PROTECT, related_name="directed_by")
    given_by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+", db_index=False)
    given_at = models.DateTimeField()
