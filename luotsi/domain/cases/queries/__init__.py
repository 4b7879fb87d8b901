"""Reading cases for pages. Every reader takes the viewer; nobody else's case exists for them."""

from luotsi.domain.cases.queries.one import CaseView, Happening, read_case
from luotsi.domain.cases.queries.worklist import MatterRow, WorklistRow, count_by_state, my_matters, worklist

__all__ = [
    "CaseView",
    "Happening",
    "MatterRow",
    "WorklistRow",
    "count_by_state",
    "my_matters",
    "read_case",
    "worklist",
]
