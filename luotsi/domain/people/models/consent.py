"""What a resident allowed or refused, and when they took it back."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self, on: date) -> "ConsentQuerySet":
        """Consents and refusals not withdrawn, on a day within their validity."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), withdrawn_at=None, valid_from__lte=on)


class Consent(models.Model):
    """`purpose` is a key of content/consents. A consent that opens one register to another carries both of them.

    `given_how`: self (in the service), visit, phone or paper; the worker who wrote it down stands in `recorded_by`.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    resident = models.ForeignKey("people.Resident", on_delete=models.PROTECT, related_name="consents")
    purpose = models.TextField()
    is_refusal = models.BooleanField(default=False)
    reads_register = models.TextField(blank=True, db_default="")
    for_register = models.TextField(blank=True, db_default="")
    given_how = models.TextField()
    given_at = models.DateTimeField()
    recorded_by = models.ForeignKey("organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_word_on_each_purpose", fields=["resident", "purpose"], condition=Q(withdrawn_at=None)
            ),
            models.CheckConstraint(
                name="consent_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]
        indexes = [models.Index(fields=["resident", "-given_at"], name="consent_of_resident")]
