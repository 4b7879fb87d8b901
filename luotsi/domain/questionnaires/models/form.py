"""Questionnaires that the county made itself, or took from elsewhere, beside those on the shelf."""

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id

ORIGINS = ("designer", "import")


class Form(models.Model):
    """One version of a questionnaire as an HL7 FHIR R4 Questionnaire resource. Once published its content stays as it
    is; what began in it goes on in it after it is retired. `revision` counts the changes of a draft.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.TextField()
    version = models.IntegerField()
    content = models.JSONField()
    origin = models.TextField(default="designer")
    note = models.TextField(blank=True, db_default="")
    made_by = models.ForeignKey(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(db_default=0)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_form_of_a_version", fields=["key", "version"]),
            models.CheckConstraint(name="form_of_a_known_origin", condition=Q(origin__in=ORIGINS)),
            models.CheckConstraint(
                name="form_is_retired_after_it_is_published",
                condition=Q(retired_at=None) | Q(published_at__isnull=False, retired_at__gte=F("published_at")),
            ),
        ]
