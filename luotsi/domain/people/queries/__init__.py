"""Reading residents for pages. Every reader takes the viewer; nobody else's record exists for them."""

from luotsi.domain.people.queries.codes import WaitingCode, waiting_code
from luotsi.domain.people.queries.explaining import Explained, explain
from luotsi.domain.people.queries.finding import Found, find_by_code, namesakes
from luotsi.domain.people.queries.holds import Hold, holds, is_held
from luotsi.domain.people.queries.lifetimes import Lifetime, held_ids, lifetimes, perhaps_past, whole
from luotsi.domain.people.queries.mandates import (
    Agent,
    MandateView,
    agents_of,
    mandates_about,
    name_of_agent,
    people_to_act_for,
    who_acted,
)
from luotsi.domain.people.queries.oversight import (
    Emergency,
    Opening,
    emergencies,
    emergency,
    names_behind,
    openings_of,
    read_log,
    resident_in_log,
)
from luotsi.domain.people.queries.persons import (
    Person,
    all_ids,
    births,
    hides_place,
    is_anybody_here,
    person,
    persons,
    read_person,
    resident_as_who,
    show_identity_code,
    show_place,
    shown,
)
from luotsi.domain.people.queries.unusual import Unusual, unusual
from luotsi.domain.people.queries.words import ConsentView, consents_of, has_allowed, has_refused

__all__ = [
    "Agent",
    "ConsentView",
    "Emergency",
    "Explained",
    "Found",
    "Hold",
    "Lifetime",
    "MandateView",
    "Opening",
    "Person",
    "Unusual",
    "WaitingCode",
    "agents_of",
    "all_ids",
    "births",
    "consents_of",
    "emergencies",
    "emergency",
    "explain",
    "find_by_code",
    "has_allowed",
    "has_refused",
    "held_ids",
    "hides_place",
    "holds",
    "is_anybody_here",
    "is_held",
    "lifetimes",
    "mandates_about",
    "name_of_agent",
    "names_behind",
    "namesakes",
    "openings_of",
    "people_to_act_for",
    "perhaps_past",
    "person",
    "persons",
    "read_log",
    "read_person",
    "resident_as_who",
    "resident_in_log",
    "show_identity_code",
    "show_place",
    "shown",
    "unusual",
    "waiting_code",
    "who_acted",
    "whole",
]
