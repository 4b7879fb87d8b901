"""What the right to act for another covers, so that no page offers what the next one refuses."""

from luotsi.base.who import Who
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.organisation.rules import may


def covers(viewer: Who, action: str, case_kind: str) -> bool:
    """Whether they may do it in matters of that kind: the action is theirs, and the kind's register too."""
    kind = case_kinds().get(case_kind)
    return may(viewer, action) and (viewer.registers is None or kind is None or kind.register in viewer.registers)


def takes_messages(case_kind: str) -> bool:
    """Whether a resident opens matters of that kind with the contact form. A child-welfare notification is told to a
    worker, who asks whom it is about.
    """
    kind = case_kinds().get(case_kind)
    return kind is not None and kind.by_resident
