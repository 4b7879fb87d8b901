"""Why people wait: from the shelf."""

from luotsi.base import shelf
from luotsi.base.shelf import Definition


class WaitingReason(Definition):
    """Why somebody stands in a queue. `order`: its place in a list of choices."""

    order: int


def waiting_reasons() -> dict[str, WaitingReason]:
    """By key, in their order."""
    found = shelf.load("waiting_reasons", WaitingReason)
    return dict(sorted(found.items(), key=lambda item: item[1].order))
