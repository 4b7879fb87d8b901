"""Client data is loaded only by the noun that owns it, so that nobody can forget to ask who is looking."""

import ast
from collections.abc import Iterator

import pytest

from .tree import HOUSE, Source, dotted, findings, python

_MANAGERS = {"objects", "_default_manager", "_base_manager"}


def foreign_loads(source: Source) -> Iterator[str]:
    """Each `Model.objects` outside the package of the noun that owns the model."""
    own = ".".join(source.parts[:3]) if source.parts[:2] == (HOUSE, "domain") else ""
    names = source.names
    for node in source.nodes:
        if not (isinstance(node, ast.Attribute) and node.attr in _MANAGERS):
            continue
        model = dotted(node.value, names)
        if not own or (model.startswith(f"{HOUSE}.domain.") and not model.startswith(f"{own}.")):
            yield f"{source.path}:{node.lineno}: {model or 'a model'}.{node.attr} outside its own noun"


def test_a_table_is_read_and_written_only_by_its_own_noun() -> None:
    assert findings(foreign_loads, python(HOUSE)) == []


@pytest.mark.parametrize(
    "path, code",
    [
        ("luotsi/rooms/team/case.py", "from x import Case\nCase.objects.all()"),
        ("luotsi/analytics/facts.py", "import models\nmodels.Event._default_manager.all()"),
        ("luotsi/domain/cases/queries.py", "from luotsi.domain.bookings.models import Slot\nSlot.objects.all()"),
        ("luotsi/domain/cases/queries.py", "from luotsi.domain.bookings import models as b\nb.Slot.objects.all()"),
    ],
)
def test_a_load_from_outside_is_noticed(path: str, code: str) -> None:
    assert len(list(foreign_loads(Source(path, code)))) == 1


def test_a_load_by_the_owner_is_left_alone() -> None:
    code = "from luotsi.domain.cases.models import Case\nfrom luotsi.domain.cases import models\n"
    code += "Case.objects.all()\nmodels.Case.objects.all()\nself.model.objects"

    assert list(foreign_loads(Source("luotsi/domain/cases/queries.py", code))) == []
