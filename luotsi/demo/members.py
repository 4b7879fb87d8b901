"""What is known of somebody in the cast of the demonstration."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luotsi.base.text import Text
from luotsi.base.who import Who
from luotsi.demo.residents import identity_code
from luotsi.domain.organisation import definitions as organisation


@dataclass(frozen=True)
class Resident:
    """A resident of the cast. `does` is what they do in the walk."""

    key: str
    id: UUID
    first_name: str
    last_name: str
    born: date
    sign: str
    individual: int
    municipality: str
    language: str
    does: Text

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def identity_code(self) -> str:
        return identity_code(self.born, self.sign, self.individual)

    def as_who(self) -> Who:
        return Who(kind="resident", role="resident", id=self.id, name=self.name)


@dataclass(frozen=True)
class Worker:
    """A worker of the cast, in one role in one unit."""

    key: str
    id: UUID
    name: str
    role: str
    unit: str
    does: Text

    @property
    def profession(self) -> str:
        return organisation.roles()[self.role].profession

    def as_who(self) -> Who:
        return Who(kind="staff", role=self.role, id=self.id, name=self.name, units=frozenset({self.unit}))


def member_id(number: int) -> UUID:
    return UUID(f"0d3c0000-0000-4000-8000-{number:012d}")
