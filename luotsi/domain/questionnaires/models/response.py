"""One filled questionnaire, also while it is being filled, and the scores read from it."""

import secrets

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id


def random_id() -> int:
    """From which nobody reads when a row came (62 bits)."""
    return secrets.randbits(62)


REGISTERS = ("health", "social", "child_welfare", "none")


class Response(models.Model):
    """What somebody answered, in the version of the questionnaire in which they began. `answers` are kept by item, as
    definitions/asked.py says. `completed_at` is null while it is under way; `revision` counts the savings, so that one
    from an old page is told and overwrites nothing. `key` makes a repeated beginning one response.

    `subject` is what it is about besides the resident: a case, a group, a round, a pilot; the noun above knows which.
    `filled_by` is the worker who wrote it with or for the resident, `acting_by` the resident who acted for this one.
    `replaces` is the response that this one corrects, which stays as it was. `danger` is the key of the worst that the
    answers signal. `at_step` is the item at which the filler stopped.

    An anonymous response says no more of its moment than the day, or only the round: see actions/gathered.py.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField(null=True)
    questionnaire = models.TextField()
    version = models.IntegerField()
    resident = models.ForeignKey("people.Resident", null=True, on_delete=models.PROTECT, related_name="responses")
    register = models.TextField(db_default="none")
    subject = models.UUIDField(null=True)
    unit = models.ForeignKey(
        "organisation.Unit", null=True, on_delete=models.PROTECT, related_name="responses", db_index=False
    )
    collection = models.ForeignKey(
        "questionnaires.Collection", null=True, on_delete=models.PROTECT, related_name="responses", db_index=False
    )
    is_anonymous = models.BooleanField(db_default=False)
    language = models.TextField(default="fi")
    answers = models.JSONField()
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(db_default=0)
    filled_by = models.ForeignKey(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    acting_by = models.ForeignKey(
        "people.Resident", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    replaces = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replaced_by")
    danger = models.TextField(blank=True, db_default="")
    at_step = models.TextField(blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="response_begun_once",
                fields=["resident", "key"],
                condition=Q(key__isnull=False),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="response_corrected_once", fields=["replaces"], condition=Q(completed_at__isnull=False)
            ),
            models.CheckConstraint(name="response_of_a_register", condition=Q(register__in=REGISTERS)),
            models.CheckConstraint(
                name="response_completed_after_it_began",
                condition=Q(completed_at=None) | Q(completed_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="anonymous_response_carries_nobody",
                condition=Q(is_anonymous=False)
                | Q(
                    resident=None, filled_by=None, acting_by=None, key=None, subject=None, replaces=None, saved_at=None,
                    started_at=F("completed_at"), at_step="",
                ),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["subject"], name="response_subject", condition=Q(subject__isnull=False)),
            models.Index(fields=["questionnaire", "completed_at"], name="response_of_questionnaire"),
            models.Index(
                fields=["collection", "completed_at"],
                name="response_of_collection",
                condition=Q(collection__isnull=False),
            ),
            models.Index(
                fields=["unit", "completed_at"], name="response_of_unit", condition=Q(unit__isnull=False)
            ),
        ]  # fmt: skip


class Score(models.Model):
    """A number read from a response by the rule of its definition. A cache: reading again must give the same.

    `value` is null when too many answers are missing; `band` is the key of the range it falls into. `id` is random: one
    that counts would tell in which order anonymous answers came.
    """

    id = models.BigIntegerField(primary_key=True, default=random_id)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="scores")
    questionnaire = models.TextField()
    key = models.TextField()
    value = models.DecimalField(null=True, max_digits=14, decimal_places=4)
    band = models.TextField(blank=True, db_default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_score_of_a_key", fields=["response", "key"])]
        indexes = [models.Index(fields=["questionnaire", "key", "at"], name="score_of_questionnaire")]
