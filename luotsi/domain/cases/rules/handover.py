"""Whether a case can go from one hand to another. Pure."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Refusal = Literal["gone", "closed", "moved", "not_member", "other_register", "unchanged"]


class NotHandedOver(Exception):
    """The case stays where it is. `why` is a key that the page has words for."""

    def __init__(self, why: Refusal) -> None:
        self.why: Refusal = why
        super().__init__(_SENTENCES[why])


@dataclass(frozen=True)
class Place:
    """In whose hands a case is: a unit, and a worker or nobody in particular."""

    unit: str
    staff: UUID | None


def check_handover(
    here: Place, there: Place, *, seen: UUID | None, is_closed: bool, is_same_register: bool, is_member: bool
) -> None:
    """Raises NotHandedOver. `seen`: who had the case when the page was made. `is_member`: the receiver works in the
    receiving unit and in the case's register; also true of nobody in particular.
    """
    refusals: list[tuple[Refusal, bool]] = [
        ("closed", is_closed),
        ("unchanged", here == there),
        ("moved", here.staff != seen),
        ("other_register", not is_same_register),
        ("not_member", not is_member),
    ]
    for why, is_so in refusals:
        if is_so:
            raise NotHandedOver(why)


_SENTENCES: dict[Refusal, str] = {
    "gone": "there is no such matter for this worker any more",
    "closed": "the matter is closed",
    "moved": "somebody else took it meanwhile",
    "not_member": "the receiver does not work there",
    "other_register": "the unit keeps another register: send a referral",
    "unchanged": "it is there already",
}
