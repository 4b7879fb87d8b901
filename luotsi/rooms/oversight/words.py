"""The words for what stands in the rules of the organisation as keys."""

from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from luotsi.domain.organisation import definitions
from luotsi.domain.organisation.queries import Colleague
from luotsi.domain.organisation.rules import State, Why

Option = tuple[str, str]


def role_name(key: str) -> str:
    """The role by its name, or by its key when it has left the shelf."""
    role = definitions.roles().get(key)
    return role.name.in_language(get_language()) if role else key


def unit_name(key: str) -> str:
    name = definitions.unit_names().get(key)
    return name.in_language(get_language()) if name else key


def register_words(unit: str) -> str:
    """What one who works in the unit meets: records of a register, or none."""
    register = definitions.units()[unit].register if unit in definitions.units() else "none"
    return {
        "health": _("the health register"),
        "social": _("the social care register"),
        "child_welfare": _("the child welfare register"),
        "none": _("no register of residents"),
    }[register]


def place_words(who: Colleague) -> str:
    """What tells a worker from a namesake: the role and the unit; "" for one who has none."""
    return ", ".join([role_name(who.role), unit_name(who.unit)]) if who.role else ""


def longest_words() -> str:
    """For how long a person may give a role, in the county's own figure."""
    days = definitions.county().grants.longest_days
    years, rest = divmod(days, 365)
    if rest == 0:
        return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def role_options() -> list[Option]:
    """Every role that can be given, in the order of their names."""
    return sorted(((key, role_name(key)) for key in definitions.staff_roles()), key=lambda option: option[1])


def unit_options() -> list[tuple[str, list[Option]]]:
    """The units under their service areas, the teams under their units."""
    county, language = definitions.county(), get_language()
    found = []
    for area, name in county.areas.items():
        options = []
        for unit in (one for one in county.units if one.area == area and not one.parent):
            teams = [one for one in county.units if one.parent == unit.key]
            options += [(unit.key, unit_name(unit.key)), *((team.key, f"– {unit_name(team.key)}") for team in teams)]
        found.append((name.in_language(language), options))
    return [(name, options) for name, options in found if options]


def state_words(state: State) -> str:
    return {
        "waiting": _("Waits for a second person"),
        "lapsed": _("Never confirmed"),
        "declined": pgettext("a proposal", "Declined"),
        "withdrawn": _("Withdrawn"),
        "planned": _("Begins later"),
        "in_force": _("In force"),
        "over": _("Its time is over"),
        "ended": _("Ended early"),
    }[state]


STATE_TONES: dict[State, str] = {"waiting": "warning", "planned": "info", "in_force": "success"}

SOURCES = {
    "directory": gettext_lazy("The directory of staff gives it at each sign-in"),
    "system": gettext_lazy("Brought into the system with the other data"),
}

GONE = gettext_lazy("The directory no longer gives it")


def did(step: str) -> str:
    """What somebody did with an assignment."""
    return {
        "proposed": pgettext("what somebody did", "Proposed"),
        "confirmed": pgettext("what somebody did", "Confirmed"),
        "declined": pgettext("what somebody did", "Declined"),
        "withdrawn": pgettext("what somebody did", "Withdrew"),
        "ended": pgettext("what somebody did", "Ended early"),
    }[step]


# A refusal stands by the field that mends it; "" stands above the form.
FIELDS: dict[Why, str] = {
    "unknown_role": "role",
    "unknown_unit": "unit",
    "register": "unit",
    "no_reason": "reason",
    "past": "valid_from",
    "too_far": "valid_from",
    "backwards": "valid_to",
    "too_long": "valid_to",
}


def why_words(why: Why) -> str:
    """A refusal as a sentence that says what to do."""
    return {
        "left": _("This person no longer works here. If they are back, say so on their page first."),
        "unknown_role": _("Choose one of the roles in the list."),
        "unknown_unit": _("Choose one of the units in the list."),
        "register": _("This role is not given in this unit: the unit keeps another register than the role works in."),
        "no_reason": _("Write why this role is needed. The second person reads it."),
        "past": _("The first day has passed. Choose today or a later day."),
        "too_far": _("The first day is too far away. It may be %(span)s ahead at most.") % {"span": longest_words()},
        "backwards": _("The last day is before the first day."),
        "too_long": _("The last day is too far away. A role lasts %(span)s at most.") % {"span": longest_words()},
        "overlaps": _("The person already has this role in this unit on some of these days, or it waits."),
        "own_proposal": _("You proposed this, so somebody else confirms it."),
        "for_oneself": _("This role would be yours, so somebody else confirms it."),
        "answered": _("This has been answered already. Below you see how it stands."),
        "over": _("This is over already. Below you see how it stands."),
        "last_administrator": _(
            "Two administrators must remain: it takes two people to give a role. Give this role to somebody else first."
        ),
    }[why]
