"""Cases, and what was judged, offered and decided in them."""

from collections.abc import Collection

from django.db import models
from django.db.models import Exists, OuterRef, Q

from luotsi.base.ids import new_id


class CaseQuerySet(models.QuerySet["Case"]):
    def open_in(self, units: Collection[str]) -> "CaseQuerySet":
        """Cases not closed, on the lists of these units."""
        return self.filter(unit_id__in=units, closed_at=None)

    def with_visits(self) -> "CaseQuerySet":
        """Each case knows `is_visited`: a visit was held, with a booked time or without one."""
        return self.annotate(is_visited=Exists(VisitNote.objects.filter(case=OuterRef("pk"))))


class Case(models.Model):
    """One matter of one resident. Its state is computed; `closed_at` is the moment it was closed.

    `register` is the set of records it belongs to (the kind's). `kept_private_at`: a minor able to decide keeps it from
    whoever acts for them; a professional judged so, by name and with a reason. `responsible` is the worker whose matter
    it is now; null: whoever in the unit takes it. `conditions` are the facts of the matter that a clock may ask for
    (special_support_child…), true or false.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.TextField()
    kind_version = models.IntegerField()
    register = models.TextField(db_default="none")
    resident = models.ForeignKey("people.Resident", on_delete=models.PROTECT, related_name="cases")
    contact = models.ForeignKey("cases.Contact", null=True, on_delete=models.PROTECT, related_name="cases")
    service = models.TextField()
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    close_reason = models.TextField(blank=True)
    kept_private_at = models.DateTimeField(null=True)
    kept_private_by = models.ForeignKey("organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    kept_private_why = models.TextField(blank=True, db_default="")
    responsible = models.ForeignKey(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    responsible_since = models.DateTimeField(null=True)
    conditions = models.JSONField(default=dict, db_default={})

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="case_closed_with_reason", condition=Q(closed_at=None) ^ ~Q(close_reason="")),
        ]
        indexes = [
            models.Index(fields=["unit", "opened_at"], name="case_open", condition=Q(closed_at=None)),
            models.Index(fields=["resident", "-opened_at"], name="case_of_resident"),
            models.Index(fields=["responsible"], name="case_of_worker", condition=Q(closed_at=None)),
        ]


class Assessment(models.Model):
    """A professional's judgement at one stage of the kind, with the decision: written once, never changed.

    `findings` are for professionals, `reason` is why the person came (an ICPC-2 code or a key of content/reasons),
    `urgency` a key of content/urgencies, `told` what the resident reads of it in plain words. `note` is what was
    written with the decision.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    key = models.UUIDField()
    stage = models.TextField(db_default="need")
    findings = models.TextField(blank=True, db_default="")
    reason = models.TextField(blank=True, db_default="")
    urgency = models.TextField(blank=True, db_default="")
    outcome = models.TextField()
    note = models.TextField(blank=True)
    told = models.TextField(blank=True, db_default="")
    profession = models.TextField()
    assessed_by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="assessments")
    assessed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="assessment_sent_once", fields=["case", "key"])]


class CaseBooking(models.Model):
    """A time given because of a case: the case knows its bookings, a booking does not know its case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="times")
    booking = models.OneToOneField("bookings.Booking", on_delete=models.PROTECT, related_name="+")


class VisitNote(models.Model):
    """What was done at a visit, in the professional's words."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visit_notes")
    booking = models.OneToOneField("bookings.Booking", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    written_by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
