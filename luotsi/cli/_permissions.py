"""docs/reference/permissions.md: who may do what, written from the roles on the shelf and the pages' own guards."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from luotsi.domain.organisation.definitions import Role, roles

_HEAD = """# Permissions

Deny by default. To open a page, somebody's role must list the action that the page names; otherwise the answer is 403,
to a visitor the way to sign in. A role alone opens no record: that takes a relationship with the resident, by one of
the grounds that the role may use, in a register in which it works; otherwise the record is not there (404). The
database says the same once more.

Roles stand in `content/roles`, groups of the county's directory that give them in `content/directory`. A role is given
only in a unit whose register it works in; a role that works in none only where no register is kept."""


def permissions() -> str:
    known = roles()
    return "\n\n".join([_HEAD, _reach(known), _matrix(known), _pages(known)])


def _reach(known: dict[str, Role]) -> str:
    """What each role sees, and by what it opens a record."""
    rows = [["role", "suomi", "svenska", "lists show", "grounds that open a record", "registers"]]
    for key, role in known.items():
        grounds, registers = ", ".join(role.grounds) or "–", ", ".join(role.registers) or "–"
        rows.append([f"`{key}`", role.name.fi, role.name.sv, role.sees, grounds, registers.replace("_", " ")])
    return "## Roles\n\n" + _table(rows)


def _matrix(known: dict[str, Role]) -> str:
    actions = sorted({action for role in known.values() for action in role.may})
    rows = [["action", *known]]
    rows += [[f"`{action}`", *("yes" if action in role.may else "" for role in known.values())] for action in actions]
    return "## Actions by role\n\n" + _table(rows)


def _pages(known: dict[str, Role]) -> str:
    """Each action with the addresses that carry it. `confirm`: asks once more who it is."""
    carried: dict[str, list[str]] = defaultdict(list)
    for address, view in sorted(_views(_patterns()), key=lambda pair: pair[0]):
        carried[getattr(view, "action", "")].append(f"`{address}` {_how(view)}".strip())
    actions = sorted({action for role in known.values() for action in role.may} | set(carried))
    rows = [["action", "pages"]]
    rows += [[f"`{action}`" if action else "(open to all)", "<br>".join(carried[action]) or "–"] for action in actions]
    return (
        "## Pages by action\n\nAddresses begin with a language. Without a method the page is only read; `confirm`: one "
        "shows anew who one is. An action without a page is asked inside another page or a write.\n\n" + _table(rows)
    )


def _patterns() -> list[Any]:
    from django.urls import get_resolver

    return list(get_resolver().url_patterns)


def _views(patterns: list[Any], prefix: str = "/") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern.url_patterns, address)
        else:
            yield re.sub(r"<\w+:", "<", re.sub(r"^/(fi|sv|en)/", "/", address)), pattern.callback


def _how(view: Any) -> str:
    methods = [method for method in getattr(view, "methods", ()) if method not in {"GET", "HEAD"}]
    return " ".join([*methods, *(["confirm"] if getattr(view, "confirm", False) else [])])


def _table(rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|--" * len(rows[0]) + "|", *lines[1:]])
