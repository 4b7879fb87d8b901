"""Reading who works where: `who` for every request, `assignments` for the pages of those who give roles."""

from luotsi.domain.organisation.queries.absences import Away, Member, absences_from, away_on, members_of
from luotsi.domain.organisation.queries.assignments import (
    Given,
    Listed,
    Story,
    Worker,
    listed,
    rights_of,
    story,
    worker,
)
from luotsi.domain.organisation.queries.by_mail import Candidate, workers_by_mail
from luotsi.domain.organisation.queries.left import left_before
from luotsi.domain.organisation.queries.qualifications import Held, qualifications_held, qualifications_of
from luotsi.domain.organisation.queries.who import (
    Colleague,
    RoleHeld,
    colleagues,
    ids_of_mail,
    names_of,
    roles_of,
    staff_as_who,
)

__all__ = [
    "Away",
    "Candidate",
    "Colleague",
    "Given",
    "Held",
    "Listed",
    "Member",
    "RoleHeld",
    "Story",
    "Worker",
    "absences_from",
    "away_on",
    "colleagues",
    "ids_of_mail",
    "left_before",
    "listed",
    "members_of",
    "names_of",
    "qualifications_held",
    "qualifications_of",
    "rights_of",
    "roles_of",
    "staff_as_who",
    "story",
    "worker",
    "workers_by_mail",
]
