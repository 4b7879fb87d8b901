"""Reading cases for pages. Every reader takes the viewer; nobody else's case exists for them."""

from luotsi.domain.cases.queries.listed import Listed, count_by_state, listed
from luotsi.domain.cases.queries.one import CaseView, Happening, read_case
from luotsi.domain.cases.queries.worklist import MatterRow, WorklistRow, my_matters, worklist

__all__ = [
    "CaseView",
    "Happening",
    "Listed",
    "MatterRow",
    "WorklistRow",
    "count_by_state",
    "listed",
    "my_matters",
    "read_case",
    "worklist",
]
