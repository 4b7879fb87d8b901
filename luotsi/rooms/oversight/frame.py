"""What every page of the room shows around itself: the room's parts that the viewer's role opens."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luotsi.domain.organisation.rules import may

# The room's parts in their order: the action that opens it, the name of its address, and what it is called.
PARTS = (
    ("assignment.read", "assignments", _("Access rights")),
    ("oversight.read", "emergencies", _("Emergency accesses")),
    ("oversight.read", "unusual", _("What stands out")),
    ("log.search", "usage", _("Usage log")),
    ("log.search", "proof", _("Is the log whole?")),
    ("hold.set", "holds", _("Legal holds")),
)


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, part: str = "assignments", status: int = 200
) -> HttpResponse:
    """A page of the room. `part` is the name of the address of the part in which it stands."""
    viewer = request.viewer  # type: ignore[attr-defined]
    parts = [(reverse(name), label, name == part) for action, name, label in PARTS if may(viewer, action)]
    return render(request, f"oversight/{template}", {"parts": parts, **context}, status=status)
