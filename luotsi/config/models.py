"""Tables of the doors themselves. Nothing of anybody's care stands here."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Allowance(models.Model):
    """How often one asker did one thing in the window that is open. `key` is a keyed hash: nobody's address is kept.

    The table is UNLOGGED: a crash of the server forgets the counts, and no count is worth a write to the log.
    """

    key = models.BinaryField(primary_key=True, max_length=32)
    name = models.TextField()
    taken = models.IntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name} {self.taken}"


class Session(AbstractBaseSession):
    """One browser's visit. Who is signed in stands in columns, so that a visit can be found and ended from outside.

    `session_key` is a hash of what the browser holds: a copy of this table opens nobody's session. `expire_date` is
    when the row may be swept away; when a session is over is decided by luotsi.config.sessions from the times below.
    """

    kind = models.TextField(default="")  # staff or resident; "" while nobody is signed in
    person = models.UUIDField(null=True)
    way = models.TextField(default="")  # by which door they came: cast, staff, residents, suomifi …
    subject = models.TextField(default="")  # what the identification service calls them
    sid = models.TextField(default="")  # and what it calls this sign-in
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(name="session_by_sid", fields=["way", "sid"], condition=~models.Q(sid="")),
            models.Index(name="session_by_subject", fields=["way", "subject"], condition=~models.Q(subject="")),
        ]

    @classmethod
    def get_session_store_class(cls) -> type:
        from luotsi.config.sessions import SessionStore

        return SessionStore


class Account(AbstractBaseUser):
    """Who owns passkeys and one-time codes, in the form that allauth's tables point at. `id` is the staff member's.

    There is no password, nobody signs in with an account, and it says nothing about what its owner may do.
    """

    id = models.UUIDField(primary_key=True)
    password = None
    last_login = None
    objects = BaseUserManager()
    USERNAME_FIELD = "id"

    def has_usable_password(self) -> bool:
        return False
