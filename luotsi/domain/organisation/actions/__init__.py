"""Writing who works where, in which role.

load_units()                                    the county's structure from the shelf
employ(…)                                       a grant by the system: imports and the demonstration
propose_assignment(…), confirm_assignment(…)    a grant by two people; also decline_assignment, end_assignment
choose_role(…)                                  in which of their roles a worker works now
recognise(…)                                    what the directory of staff says at each sign-in
leave(…), return_to_work(…)                     somebody goes, or is back
mark_absence(…), end_absence(…)                 somebody is away for some days, and who substitutes
record_qualification(…), end_qualification(…)   what somebody is qualified for besides their profession
erase_assignments(…), erase_absences(…)         roles and absences whose time in the archive is over
"""

from luotsi.domain.organisation.actions.absences import end_absence, mark_absence
from luotsi.domain.organisation.actions.choosing import choose_role
from luotsi.domain.organisation.actions.erasing import erase_absences, erase_assignments
from luotsi.domain.organisation.actions.granting import (
    confirm_assignment,
    decline_assignment,
    end_assignment,
    propose_assignment,
)
from luotsi.domain.organisation.actions.leaving import leave, return_to_work
from luotsi.domain.organisation.actions.loading import employ, load_units
from luotsi.domain.organisation.actions.qualifications import end_qualification, record_qualification
from luotsi.domain.organisation.actions.recognising import recognise

__all__ = [
    "choose_role",
    "confirm_assignment",
    "decline_assignment",
    "employ",
    "end_absence",
    "end_assignment",
    "end_qualification",
    "erase_absences",
    "erase_assignments",
    "leave",
    "load_units",
    "mark_absence",
    "propose_assignment",
    "recognise",
    "record_qualification",
    "return_to_work",
]
