"""Reading cases for pages. Every reader takes the viewer; nobody else's case exists for them."""

from luotsi.domain.cases.queries.desk import (
    Hands,
    View,
    Written,
    count_by_worker,
    drafts_of,
    hands_of,
    others_on,
    present_on,
    receivers,
    sister_units,
    views_of,
)
from luotsi.domain.cases.queries.gathered import Listed
from luotsi.domain.cases.queries.huddle import Huddle, huddle
from luotsi.domain.cases.queries.kept import kept_from
from luotsi.domain.cases.queries.listed import count_by_state, listed
from luotsi.domain.cases.queries.of_person import MatterOfPerson, count_matters, matters_of
from luotsi.domain.cases.queries.one import CaseView, Happening, length_of_story, read_answers, read_case
from luotsi.domain.cases.queries.standing import standing
from luotsi.domain.cases.queries.worklist import MatterRow, WorklistRow, my_matters, named, worklist

__all__ = [
    "CaseView",
    "Hands",
    "Happening",
    "Huddle",
    "Listed",
    "MatterOfPerson",
    "MatterRow",
    "View",
    "WorklistRow",
    "Written",
    "count_by_state",
    "count_by_worker",
    "count_matters",
    "drafts_of",
    "hands_of",
    "huddle",
    "kept_from",
    "length_of_story",
    "listed",
    "matters_of",
    "my_matters",
    "named",
    "others_on",
    "present_on",
    "read_answers",
    "read_case",
    "receivers",
    "sister_units",
    "standing",
    "views_of",
    "worklist",
]
