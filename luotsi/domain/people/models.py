"""Residents. The identity code is encrypted; it is found by a keyed hash and shown masked."""

from django.db import models

from luotsi.base.ids import new_id


class Resident(models.Model):
    """A person the county serves. `id` is what the rest of the house knows them by."""

    id = models.UUIDField(primary_key=True, default=new_id)
    first_name = models.TextField()
    last_name = models.TextField()
    birth_date = models.DateField()
    municipality = models.TextField()
    language = models.TextField(default="fi")
    mail = models.EmailField(blank=True)
    phone = models.TextField(blank=True)
    identity_code = models.BinaryField()
    identity_hash = models.BinaryField(unique=True)

    def __str__(self) -> str:
        return str(self.id)
