"""Writing about residents: who they are, who acts for them, what they allowed, who may see their data."""

from luotsi.domain.people.actions.consents import give_consent, withdraw_consent
from luotsi.domain.people.actions.details import (
    WrongCode,
    change_details,
    confirm_contact,
    link_staff,
    record_birth_date,
    record_death,
    send_code,
    set_protection,
    vouch_for_contact,
)
from luotsi.domain.people.actions.emergencies import (
    NoSuchRelationship,
    check_emergency,
    end_emergency,
    open_emergency,
)
from luotsi.domain.people.actions.erasing import OLD, erase_old, erase_people
from luotsi.domain.people.actions.holds import lift_hold, set_hold
from luotsi.domain.people.actions.joining import join, separate
from luotsi.domain.people.actions.mandates import give_mandate, revoke_mandate
from luotsi.domain.people.actions.moving import move_relationship
from luotsi.domain.people.actions.registering import as_row, identify, register, register_many, register_temporary
from luotsi.domain.people.actions.relationships import (
    end_relationship,
    relate,
    relate_many,
    renew_relationship,
)

__all__ = [
    "OLD",
    "NoSuchRelationship",
    "WrongCode",
    "as_row",
    "change_details",
    "check_emergency",
    "confirm_contact",
    "end_emergency",
    "end_relationship",
    "erase_old",
    "erase_people",
    "give_consent",
    "give_mandate",
    "identify",
    "join",
    "lift_hold",
    "link_staff",
    "move_relationship",
    "open_emergency",
    "record_birth_date",
    "record_death",
    "register",
    "register_many",
    "register_temporary",
    "relate",
    "relate_many",
    "renew_relationship",
    "revoke_mandate",
    "send_code",
    "separate",
    "set_hold",
    "set_protection",
    "vouch_for_contact",
    "withdraw_consent",
]
