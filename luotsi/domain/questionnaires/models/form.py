"""Questionnaires that the county made itself, or took from elsewhere, beside those on the shelf."""

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id

ORIGINS = ("designer", "import")


def _staff() -> models.ForeignKey:
    return models.ForeignKey(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )


class Form(models.Model):
    """One version of a questionnaire. `content` is the questionnaire as `rules.keeping` writes it; HL7 FHIR is spoken
    at the door (docs/decisions/0026). Once published it stays as it is, which a trigger guards; what began in it goes
    on in it after it is retired. Of one key there is at most one draft, and one version in force.

    `revision` counts the changes of a draft. Whoever proposes a draft for use, another confirms; a change takes the
    proposal back. `note` says what this version changes, `retired_why` why nobody begins in it any more: empty when a
    later version took its place.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.TextField()
    version = models.IntegerField()
    content = models.JSONField()
    origin = models.TextField(default="designer")
    note = models.TextField(blank=True, db_default="")
    made_by = _staff()
    made_at = models.DateTimeField()
    changed_by = _staff()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(db_default=0)
    proposed_at = models.DateTimeField(null=True)
    proposed_by = _staff()
    published_at = models.DateTimeField(null=True)
    published_by = _staff()
    retired_at = models.DateTimeField(null=True)
    retired_by = _staff()
    retired_why = models.TextField(blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_form_of_a_version", fields=["key", "version"]),
            models.UniqueConstraint(
                name="one_draft_of_a_questionnaire", fields=["key"], condition=Q(published_at=None)
            ),
            models.UniqueConstraint(
                name="one_questionnaire_in_force",
                fields=["key"],
                condition=Q(published_at__isnull=False, retired_at=None),
            ),
            models.CheckConstraint(name="form_of_a_known_origin", condition=Q(origin__in=ORIGINS)),
            models.CheckConstraint(
                name="form_is_published_by_another",
                condition=Q(published_by=None) | ~Q(published_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="form_is_retired_after_it_is_published",
                condition=Q(retired_at=None) | Q(published_at__isnull=False, retired_at__gte=F("published_at")),
            ),
        ]
