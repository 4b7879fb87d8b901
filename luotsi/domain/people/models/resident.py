"""Residents. The identity code is encrypted; it is found by a keyed hash and shown masked."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import F, Q, Subquery

from luotsi.base.ids import new_id
from luotsi.domain.people.rules import is_protected


class ResidentQuerySet(models.QuerySet["Resident"]):
    def same_as(self, resident: UUID) -> "ResidentQuerySet":
        """Every record of this person: the whole one and those joined into it.

        The whole one is looked up first, in the same statement, and two indexes find the rest: a join of the records
        would read every resident of the county, and so would a COALESCE behind row-level security.
        """
        whole = Subquery(self.model.objects.filter(id=resident).values("joined_into"))
        return self.filter(Q(id=resident) | Q(joined_into=resident) | Q(id=whole) | Q(joined_into=whole))


class Resident(models.Model):
    """A person the county serves. `id` is what the rest of the house knows them by.

    `joined_into` is set when the record turned out to be somebody's who already had one: both ids stand for the same
    person from then on, and no history moves; `separated_at` and `separated_why` say that it was a mistake.
    `birth_date` is None while nobody knows it, which only a record with a temporary code may be; and once erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    first_name = models.TextField()
    last_name = models.TextField()
    birth_date = models.DateField(null=True)
    municipality = models.TextField()
    language = models.TextField(default="fi")
    mail = models.EmailField(blank=True)
    mail_verified_at = models.DateTimeField(null=True)
    phone = models.TextField(blank=True)
    phone_verified_at = models.DateTimeField(null=True)
    street = models.TextField(blank=True, db_default="")
    postal_code = models.TextField(blank=True, db_default="")
    town = models.TextField(blank=True, db_default="")
    identity_code = models.BinaryField()
    identity_hash = models.BinaryField(unique=True)
    has_temporary_code = models.BooleanField(db_default=False)
    protected_from = models.DateField(null=True)
    protected_until = models.DateField(null=True)
    died_on = models.DateField(null=True)
    joined_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined")
    joined_at = models.DateTimeField(null=True)
    separated_at = models.DateTimeField(null=True)
    separated_why = models.TextField(blank=True, db_default="")
    works_as = models.OneToOneField(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="as_resident"
    )
    erased_at = models.DateTimeField(null=True)

    objects = ResidentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="joined_into_somebody_else", condition=Q(joined_into=None) | ~Q(joined_into=F("id"))
            ),
            models.CheckConstraint(
                name="birth_date_is_known_from_a_real_code",
                condition=~Q(birth_date=None) | Q(has_temporary_code=True) | ~Q(erased_at=None),
            ),
            models.CheckConstraint(name="joined_at_a_moment", condition=Q(joined_into=None) ^ ~Q(joined_at=None)),
            models.CheckConstraint(
                name="protection_ends_after_it_begins",
                condition=Q(protected_until=None) | Q(protected_until__gte=F("protected_from")),
            ),
        ]
        indexes = [models.Index(fields=["last_name", "first_name"], name="resident_name")]

    def __str__(self) -> str:
        return str(self.id)

    def is_protected(self, on: date) -> bool:
        """Whether a protection order (turvakielto) holds on that day."""
        return is_protected(self.protected_from, self.protected_until, on)


class ContactCheck(models.Model):
    """A code sent to a new address, so that it becomes the resident's only when they have read it there."""

    id = models.UUIDField(primary_key=True, default=new_id)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="contact_checks")
    kind = models.TextField()
    value = models.TextField()
    code_hash = models.BinaryField()
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["resident", "-sent_at"], name="contact_check_latest")]


class LegalHold(models.Model):
    """Nothing of this resident is erased while a hold stands: a complaint or a court case needs the records."""

    id = models.UUIDField(primary_key=True, default=new_id)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField()
    set_by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey("organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
