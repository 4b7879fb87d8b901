"""What every layout knows: who is signed in and which rooms they may enter."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.domain.organisation import definitions
from luotsi.domain.organisation.rules import VISITOR, may


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`viewer`, the name of their role, and the links to the rooms that their role opens."""
    viewer = getattr(request, "viewer", VISITOR)
    rooms = [
        ("worklist.read", "worklist", _("Worklist")),
        ("board.read", "boards", _("Boards")),
        ("programme.read", "programmes", _("Programmes")),
        ("assignment.read", "assignments", pgettext("navigation", "Access rights")),
        ("matters.read", "matters", _("My matters")),
    ]
    links = [{"url": reverse(name), "label": label} for action, name, label in rooms if may(viewer, action)]
    for link in links:
        link["current"] = request.path.startswith(link["url"])
    role = definitions.roles().get(viewer.role)
    return {
        "viewer": viewer,
        "is_signed_in": viewer != VISITOR,
        "role_name": role.name if role else None,
        "navigation": links,
        "sign_in_url": reverse("session"),
        "sign_out_url": reverse("session-closure"),
        "footer_links": [{"url": reverse("accessibility"), "label": _("Accessibility")}],
    }
