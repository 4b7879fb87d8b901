"""What messaging asks of the outside: that a mail leaves."""

from typing import Protocol


class CannotSend(Exception):
    """The mail could not leave now; the sentence says why and may be shown to an administrator."""


class Mailer(Protocol):
    """Sends one mail. Raises CannotSend. The key lets a receiver recognise a repeated one."""

    def send(self, *, to: str, subject: str, body: str, key: str) -> None: ...
