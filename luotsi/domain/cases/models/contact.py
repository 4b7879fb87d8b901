"""Somebody got in touch: what they said, how they were called back, and what kind of demand it was."""

from django.db import models
from django.db.models import Q

from luotsi.base.ids import new_id


class Contact(models.Model):
    """Somebody got in touch. `key` makes a resident's repeated sending one contact. `received_at` is the true time.

    `sent_by` is the resident who acted for this one; null when they wrote themselves or a worker wrote it down.
    `sender` is a key of content/senders: who got in touch about the resident, by name in `sender_name` when known (an
    anonymous notifier has none). `told` is what was said, in the words of whoever wrote it down. `register` is the
    register of the matter that it opens. `demand` is a key of content/demands: value or failure demand, and why.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField()
    resident = models.ForeignKey("people.Resident", on_delete=models.PROTECT, related_name="contacts")
    register = models.TextField(db_default="none")
    channel = models.TextField()
    service = models.TextField()
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="contacts")
    language = models.TextField(default="fi")
    response = models.OneToOneField("questionnaires.Response", null=True, on_delete=models.PROTECT)
    received_at = models.DateTimeField()
    has_danger = models.BooleanField(db_default=False)
    sent_by = models.ForeignKey(
        "people.Resident", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    sender = models.TextField(db_default="resident")
    sender_name = models.TextField(blank=True, db_default="")
    told = models.TextField(blank=True, db_default="")
    written_by = models.ForeignKey(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    call_number = models.TextField(blank=True, db_default="")
    demand = models.TextField(blank=True, db_default="")
    demand_by = models.ForeignKey(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    demand_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="contact_sent_once", fields=["resident", "key"]),
            models.CheckConstraint(
                name="contact_demand_has_an_author",
                condition=Q(demand="", demand_by=None, demand_at=None)
                | (~Q(demand="") & Q(demand_by__isnull=False, demand_at__isnull=False)),
            ),
        ]


class CallAttempt(models.Model):
    """The worker called back. `outcome` is a key of content/call_outcomes; one that reached ends the duty to call."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField(unique=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="calls")
    outcome = models.TextField()
    note = models.TextField(blank=True)
    made_by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()


class CaseContact(models.Model):
    """A further contact that joined a case already open: a reminder, a parallel notification, a second letter."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="joined")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="joins")
    joined_by = models.ForeignKey("organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="contact_joins_a_case_once", fields=["case", "contact"])]
