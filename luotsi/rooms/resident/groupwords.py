"""What is said of a group to the resident: where it stands, why one cannot sign up, what one reads before it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from luotsi.domain.bookings.queries.groups import GroupView
from luotsi.domain.bookings.rules.own import WhyNot
from luotsi.rooms.resident.timewords import refusal_words


def group_state(group: GroupView) -> tuple[str, str]:
    """Where it stands, and its tone."""
    if group.state == "called_off":
        return pgettext("group", "Not held"), "neutral"
    if group.state == "over":
        return pgettext("group", "Over"), "neutral"
    if group.offering.drop_in:
        return _("Just come along"), "success"
    if not group.is_open:
        return _("Sign-up has ended"), "neutral"
    if group.offering.who == "staff_only":
        return _("A professional refers you"), "info"
    if group.is_full:
        return pgettext("group", "Full"), "warning"
    left = ngettext("%(count)d place left", "%(count)d places left", group.free) % {"count": group.free}
    return left, "success"


def why_called_off(reason: str) -> str:
    return {
        "too_few": _("Too few people signed up, so the group is not held."),
        "leader_away": _("The leader cannot come, so the group is not held."),
        "left_group": _("You left the group."),
        "calendar": _("This meeting is not held. The other meetings are held as planned."),
    }.get(reason, _("The group is not held."))


def group_refusal(why: WhyNot) -> str:
    """Why one cannot sign up, and what to do instead."""
    return {
        "staff_only": _("A professional refers people to this group. Send us a message or call."),
        "no_decision": _("A professional first looks at whether the group suits you. Send us a message first."),
        "too_many": _("You have a place in such a group already."),
        "overlaps": _("You have another time at the same moment as one of the meetings. Move it first, or call us."),
    }.get(why) or refusal_words(why)
