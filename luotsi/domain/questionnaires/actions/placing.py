"""Answers that a person gave about nothing are put with the matter that they open, or that is open already."""

from uuid import UUID

from luotsi.domain.questionnaires.models import Response


def sent_by_somebody(response: UUID) -> Response | None:
    """The answers of a known person, their row locked, once they are sent."""
    sent = Response.objects.select_for_update(of=("self",)).filter(id=response, completed_at__isnull=False)
    return sent.filter(resident__isnull=False).first()


def put_with(response: Response, subject: UUID, *, register: str) -> None:
    """They are about this from now on, and belong to its register when they belonged to none."""
    response.subject = subject
    response.register = register if response.register == "none" else response.register
    response.save(update_fields=["subject", "register"])
