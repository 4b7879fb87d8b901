"""Two devices at the same answers: whoever comes with an old page is told, and overwrites nothing."""

from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.questionnaires import access
from luotsi.domain.questionnaires.models import Response


class Stale(Exception):
    """The answers have been saved somewhere else since this page was opened; nothing was overwritten."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        super().__init__(f"saved since; now at revision {revision}")


def locked(response: UUID, revision: int, *, by: Who) -> Response:
    """The answers under way, their row locked. Raises NotAllowed, Stale."""
    row = access.to_fill(by).select_for_update().filter(id=response).first()
    if row is None:
        raise NotAllowed("no such answers under way for this person")
    if row.revision != revision:
        raise Stale(row.revision)
    return row
