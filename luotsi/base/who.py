"""Who acts or looks. Every write takes one as `by=`, every read as `viewer=`."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID


@dataclass(frozen=True)
class Who:
    """A person or the system itself, in the role in which they act now.

    `role` is the key of a file in content/roles. `units` are keys of the organisation units they work in now.
    A resident's `id` is their resident id; a staff member's is their staff id. A resident may act for another one:
    `acting_for` is that person's id, `acting_name` their name; what is read and done is theirs (`whose`), who did it is
    still `id`. `own` are all ids under which the county knows the person: one, or more when records were joined.
    `other_roles` are those in which a worker could act now instead.
    Whoever acts for another may do `only` these actions, in these `registers`, by that `ground` (None: no such limit).
    """

    kind: Literal["staff", "resident", "visitor", "system"]
    role: str
    id: UUID | None = None
    name: str = ""
    units: frozenset[str] = field(default_factory=frozenset)
    other_roles: frozenset[str] = field(default=frozenset(), compare=False)
    acting_for: UUID | None = None
    acting_name: str = ""
    own: frozenset[UUID] = field(default_factory=frozenset)
    only: frozenset[str] | None = None
    registers: frozenset[str] | None = None
    ground: str = ""

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"

    @property
    def is_resident(self) -> bool:
        return self.kind == "resident"

    @property
    def whose(self) -> UUID | None:
        """The resident whose matters these are: oneself, or the one acted for."""
        return self.acting_for or self.id

    @property
    def own_ids(self) -> frozenset[UUID]:
        """Every id of the resident in question; nothing for others than residents."""
        if not self.is_resident or self.whose is None:
            return frozenset()
        return self.own or frozenset({self.whose})


SYSTEM = Who(kind="system", role="system", name="Luotsi")
