"""Who acts or looks. Every write takes one as `by=`, every read as `viewer=`."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID


@dataclass(frozen=True)
class Who:
    """A person or the system itself, in the role in which they act now.

    `role` is the key of a file in content/roles. `units` are keys of the organisation units they work in now.
    A resident's `id` is their resident id; a staff member's is their staff id.
    """

    kind: Literal["staff", "resident", "system"]
    role: str
    id: UUID | None = None
    name: str = ""
    units: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"

    @property
    def is_resident(self) -> bool:
        return self.kind == "resident"


SYSTEM = Who(kind="system", role="system", name="Luotsi")
