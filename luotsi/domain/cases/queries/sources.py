"""Where each table keeps what it holds of one person, in plain SQL; the data map says which columns are given."""

from dataclasses import dataclass

_STAFF = "(SELECT name FROM organisation_staff w WHERE w.id = {})"
_PERSON = "(SELECT first_name || ' ' || last_name FROM people_resident p WHERE p.id = {})"
_ACTOR = (
    "CASE t.actor_kind WHEN 'staff' THEN (SELECT name FROM organisation_staff w WHERE w.id = t.actor_id) "
    "WHEN 'resident' THEN (SELECT first_name || ' ' || last_name FROM people_resident p WHERE p.id = t.actor_id) "
    "ELSE t.actor_kind END"
)


@dataclass(frozen=True)
class Source:
    """How a table's rows of one person are found, and what stands for a column that is not the table's own."""

    where: str
    join: str = ""
    columns: dict[str, str] | None = None
    is_for_acting: bool = True


_OWN = "t.resident_id = ANY (%(own)s)"
_CASE = "t.case_id = ANY (%(cases)s)"
_CONTACTS = (
    "SELECT contact_id FROM cases_case k WHERE k.id = ANY (%(cases)s) "
    "UNION SELECT contact_id FROM cases_casecontact l WHERE l.case_id = ANY (%(cases)s)"
)
# Whoever acts for somebody gets the answers of the matters that they see, and those that they gave themselves.
_ANSWERS = (
    "t.resident_id = ANY (%(own)s) AND (%(all)s OR t.acting_by_id = %(actor)s OR t.subject = ANY (%(cases)s) "  # noqa: S608 (constants)
    f"OR t.id IN (SELECT response_id FROM cases_contact c WHERE c.id IN ({_CONTACTS})))"
)
# What teams write around a case.
TEAMWORK = {
    "cases_callattempt": Source(
        f"t.contact_id IN ({_CONTACTS})",
        columns={"contact": "t.contact_id", "made_by": _STAFF.format("t.made_by_id")},
    ),
    "cases_casecontact": Source(
        _CASE,
        columns={"case": "t.case_id", "contact": "t.contact_id", "joined_by": _STAFF.format("t.joined_by_id")},
    ),
    "cases_referral": Source(
        _CASE,
        columns={
            "case": "t.case_id",
            "from_unit": "t.from_unit_id",
            "to_unit": "t.to_unit_id",
            "sent_by": _STAFF.format("t.sent_by_id"),
            "opened": "t.opened_id",
            "follows": "t.follows_id",
        },
    ),
    "cases_referralentry": Source(
        "t.referral_id IN (SELECT id FROM cases_referral r WHERE r.case_id = ANY (%(cases)s))",
        columns={"referral": "t.referral_id", "written_by": _STAFF.format("t.written_by_id")},
    ),
    "cases_direction": Source(
        _CASE,
        columns={"case": "t.case_id", "opened": "t.opened_id", "given_by": _STAFF.format("t.given_by_id")},
    ),
    "cases_handover": Source(
        _CASE,
        columns={
            "case": "t.case_id",
            "from_staff": _STAFF.format("t.from_staff_id"),
            "to_staff": _STAFF.format("t.to_staff_id"),
            "from_unit": "t.from_unit_id",
            "to_unit": "t.to_unit_id",
            "made_by": _STAFF.format("t.made_by_id"),
        },
    ),
    "cases_telling": Source(_CASE, columns={"case": "t.case_id", "told_by": _STAFF.format("t.told_by_id")}),
}
SOURCES = {
    "people_resident": Source("t.id = ANY (%(own)s)"),
    "people_contactcheck": Source(_OWN, is_for_acting=False),
    "people_consent": Source(_OWN, columns={"recorded_by": _STAFF.format("t.recorded_by_id")}),
    "people_mandate": Source(
        "t.principal_id = ANY (%(own)s) OR t.agent_id = ANY (%(own)s)",
        columns={
            "principal": _PERSON.format("t.principal_id"),
            "agent": _PERSON.format("t.agent_id"),
            "recorded_by": _STAFF.format("t.recorded_by_id"),
        },
        is_for_acting=False,
    ),
    "people_relationship": Source(_OWN, columns={"staff": _STAFF.format("t.staff_id")}, is_for_acting=False),
    "questionnaires_response": Source(
        _ANSWERS,
        columns={
            "unit": "t.unit_id",
            "filled_by": _STAFF.format("t.filled_by_id"),
            "acting_by": _PERSON.format("t.acting_by_id"),
            "replaces": "t.replaces_id",
        },
    ),
    "questionnaires_score": Source(
        f"t.response_id IN (SELECT id FROM questionnaires_response t WHERE {_ANSWERS})",  # noqa: S608 (constants)
    ),
    "questionnaires_attachment": Source(
        f"t.response_id IN (SELECT id FROM questionnaires_response t WHERE {_ANSWERS})",  # noqa: S608 (constants)
    ),
    "questionnaires_invitation": Source(_OWN, columns={"unit": "t.unit_id"}, is_for_acting=False),
    "messaging_notice": Source(_OWN, is_for_acting=False),
    "bookings_booking": Source(
        "t.resident_id = ANY (%(own)s) AND (%(all)s OR t.id IN (SELECT booking_id FROM cases_casebooking l "
        "WHERE l.case_id = ANY (%(cases)s)))",
        join="JOIN bookings_slot s ON s.id = t.slot_id",
        columns={
            "starts_at": "s.starts_at",
            "ends_at": "s.ends_at",
            "unit": "s.unit_id",
            "staff": _STAFF.format("s.staff_id"),
            "profession": "s.profession",
            "mode": "s.mode",
            "made_by": _STAFF.format("t.made_by_id"),
        },
    ),
    "bookings_homevisit": Source(
        _OWN,
        columns={
            "unit": "t.unit_id",
            "staff": _STAFF.format("t.staff_id"),
            "own_worker": _STAFF.format("t.own_worker_id"),
            "made_by": _STAFF.format("t.made_by_id"),
        },
        is_for_acting=False,
    ),
    "bookings_waitingentry": Source(
        "t.resident_id = ANY (%(own)s) AND (%(all)s OR t.subject = ANY (%(cases)s))",
        columns={"made_by": _STAFF.format("t.made_by_id")},
    ),
    "bookings_slotoffer": Source(
        "t.entry_id IN (SELECT id FROM bookings_waitingentry w WHERE w.resident_id = ANY (%(own)s) "
        "AND (%(all)s OR w.subject = ANY (%(cases)s)))",
        join="JOIN bookings_slot s ON s.id = t.slot_id",
        columns={
            "starts_at": "s.starts_at",
            "ends_at": "s.ends_at",
            "unit": "s.unit_id",
            "staff": _STAFF.format("s.staff_id"),
        },
    ),
    "bookings_daygrant": Source(
        "t.resident_id = ANY (%(own)s) AND (%(all)s OR t.subject = ANY (%(cases)s))",
        columns={"made_by": _STAFF.format("t.made_by_id")},
    ),
    "bookings_daywish": Source(
        "t.grant_id IN (SELECT id FROM bookings_daygrant g WHERE g.resident_id = ANY (%(own)s) "
        "AND (%(all)s OR g.subject = ANY (%(cases)s)))",
        columns={
            "place": "(SELECT name FROM bookings_resource r WHERE r.id = t.place_id)",
            "made_by": _STAFF.format("t.made_by_id"),
        },
    ),
    "cases_contact": Source(
        f"t.resident_id = ANY (%(own)s) AND (%(all)s OR t.id IN ({_CONTACTS}))",
        columns={
            "unit": "t.unit_id",
            "response": "t.response_id",
            "sent_by": _PERSON.format("t.sent_by_id"),
            "written_by": _STAFF.format("t.written_by_id"),
            "demand_by": _STAFF.format("t.demand_by_id"),
        },
    ),
    "cases_case": Source(
        "t.id = ANY (%(cases)s)",
        columns={
            "unit": "t.unit_id",
            "contact": "t.contact_id",
            "kept_private_by": _STAFF.format("t.kept_private_by_id"),
            "responsible": _STAFF.format("t.responsible_id"),
        },
    ),
    "cases_assessment": Source(
        _CASE,
        columns={
            "case": "t.case_id",
            "kind": "(SELECT kind FROM cases_case k WHERE k.id = t.case_id)",
            "assessed_by": _STAFF.format("t.assessed_by_id"),
        },
    ),
    "cases_casebooking": Source(_CASE, columns={"case": "t.case_id", "booking": "t.booking_id"}),
    "cases_visitnote": Source(
        _CASE,
        columns={"case": "t.case_id", "booking": "t.booking_id", "written_by": _STAFF.format("t.written_by_id")},
    ),
    **TEAMWORK,
    "clocks_clock": Source("t.subject = ANY (%(cases)s)"),
    "events_event": Source("t.resident = ANY (%(own)s)", columns={"actor": _ACTOR}, is_for_acting=False),
    "events_use": Source("t.resident = ANY (%(own)s)", columns={"actor": _ACTOR}, is_for_acting=False),
}
