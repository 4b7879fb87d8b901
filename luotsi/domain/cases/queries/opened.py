"""The case that a page is about: looked for once, however many parts of the page begin with it."""

from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.models import Case
from luotsi.domain.events import actions as events


def opened_case(case: UUID, *, viewer: Who) -> Case | None:
    """The case with its contact and whoever has it; None when it does not exist for this viewer. For reading only."""
    cases = access.visible_to(viewer).select_related("contact__response", "responsible").filter(id=case)
    return events.found_once(("case", viewer, case), cases.first)
