"""Acting for another: a guardian for a child, a mandate-holder for an adult."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, on: date) -> "MandateQuerySet":
        """Mandates not revoked, on a day within their validity."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), revoked_at=None, valid_from__lte=on)


class Mandate(models.Model):
    """`agent` may act for `principal`. `kind` is a key of content/mandates; `registers` are those it covers.

    `source` says whence we know it. Nothing is cached: a revoked mandate opens nothing at the next request.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    principal = models.ForeignKey("people.Resident", on_delete=models.PROTECT, related_name="mandates_given")
    agent = models.ForeignKey("people.Resident", on_delete=models.PROTECT, related_name="mandates_held")
    kind = models.TextField()
    registers = ArrayField(models.TextField())
    source = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_by = models.ForeignKey("organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.TextField(blank=True, db_default="")

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="mandate_between_two", condition=~Q(principal=F("agent"))),
            models.CheckConstraint(
                name="mandate_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]
        indexes = [
            models.Index(fields=["agent"], name="mandate_of_agent", condition=Q(revoked_at=None)),
            models.Index(fields=["principal"], name="mandate_of_principal"),
        ]
