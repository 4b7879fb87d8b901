"""Templates: escaped always, no script or style inside, and each stays in its room."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .tree import HOUSE, Source, dotted, findings, python, templates

_ROOMS = {"resident", "team", "steering", "programme", "oversight"}
_UNESCAPED = {"mark_safe", "SafeString", "SafeText", "html_safe", "__html__"}
# The one text that reaches a page as markup without a template: a chart's SVG, its elements compared with a list.
_LOOKED_THROUGH = ("luotsi/ui/charts.py", "Drawing")
_RULES = [
    (re.compile(r"\|\s*safe(seq)?\b"), "the `safe` filter"),
    (re.compile(r"{%\s*autoescape\s+off"), "autoescape off"),
    (re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE), "an inline script"),
    (re.compile(r"<style\b", re.IGNORECASE), "an inline style sheet"),
    (re.compile(r"\sstyle\s*=", re.IGNORECASE), "an inline style"),
    (re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE), "an inline event handler"),
    (re.compile(r"(?:javascript|hx-on\S*|\bjs):", re.IGNORECASE), "script in an attribute"),
    (re.compile(r"\b(?:src|href|action)\s*=\s*[\"'](?:https?:)?//[^\"']+\.(?:js|css|woff2?)\b"), "a foreign origin"),
]
_REFERENCE = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"'#]+)")


def unsafe_markup(source: Source) -> Iterator[str]:
    for rule, what in _RULES:
        for found in rule.finditer(source.text):
            line = source.text.count("\n", 0, found.start()) + 1
            yield f"{source.path}:{line}: {what} ({found[0].strip()[:40]})"


def unescaped(source: Source) -> Iterator[str]:
    """Python that switches escaping off. `SafeString` as a type is free; to make one is not."""
    names = source.names
    for node in source.nodes:
        for name in {one.rsplit(".", 1)[-1] for one in _makers(node, names)} & _UNESCAPED:
            if (source.path, getattr(node, "name", "")) != _LOOKED_THROUGH:
                yield f"{source.path}:{getattr(node, 'lineno', 0)}: {name} switches escaping off; use a template"


def _makers(node: ast.AST, names: dict[str, str]) -> list[str]:
    """What a node calls, imports, inherits or defines, by its dotted name."""
    if isinstance(node, ast.Call):
        return [dotted(node.func, names)]
    if isinstance(node, ast.ClassDef):
        return [dotted(base, names) for base in node.bases]
    return [node.name] if isinstance(node, ast.FunctionDef) else []


def owner(path: str) -> str:
    """The room a file belongs to, or "" for the design system and what all rooms share, such as the error pages."""
    parts = Path(path).parts
    is_shared = "errors" in parts
    return parts[2] if parts[:2] == (HOUSE, "rooms") and parts[2] in _ROOMS and not is_shared else ""


def owners() -> dict[str, str]:
    """Each template by the name under which it is loaded, with the room that owns it."""
    found = {}
    for source in templates():
        if "templates" in source.parts:
            found["/".join(source.parts[source.parts.index("templates") + 1 :])] = owner(source.path)
    return found


def strangers(source: Source, known: dict[str, str]) -> Iterator[str]:
    """Each template that a file names and that is another room's, or nobody's."""
    room = owner(source.path)
    for name in references(source):
        if name.startswith("django/"):  # the framework's own
            continue
        if name not in known:
            yield f"{source.path}: names {name!r}, which does not exist"
        elif room and known[name] not in {"", room}:
            yield f"{source.path}: uses {name!r} of the room {known[name]!r}; make it a component in ui"


def references(source: Source) -> set[str]:
    if not source.path.endswith(".py"):
        return set(_REFERENCE.findall(source.text))
    strings = {node.value for node in source.nodes if isinstance(node, ast.Constant)}
    names = {text.split("#")[0] for text in strings if isinstance(text, str)}
    return {name for name in names if re.fullmatch(r"[\w/-]+\.(html|svg|txt)", name) and "/" in name}


def test_templates_are_escaped_and_carry_no_script_or_style() -> None:
    assert findings(unsafe_markup, templates()) == []


@pytest.mark.parametrize(
    "markup",
    [
        "{{ text|safe }}",
        "{{ text | safeseq }}",
        "{% autoescape off %}",
        "<script>go()</script>",
        "<style>p {}</style>",
        '<p style="color: red">',
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        '<div hx-on:click="go()">',
        '<script src="https://cdn.example.org/x.js"></script>',
    ],
)
def test_unsafe_markup_is_noticed(markup: str) -> None:
    assert list(unsafe_markup(Source("x.html", f"<p>\n{markup}")))


def test_plain_markup_is_left_alone() -> None:
    plain = (
        '<script src="/static/vendor/htmx.js" defer></script><p class="safe" data-on="x">{{ text|safely }} json: js</p>'
    )

    assert list(unsafe_markup(Source("x.html", plain))) == []


def test_no_code_switches_escaping_off() -> None:
    assert findings(unescaped, python(HOUSE)) == []


@pytest.mark.parametrize(
    "code",
    [
        "from django.utils.safestring import mark_safe\nmark_safe(x)",
        "from django.utils import safestring\nsafestring.SafeString(x)",
        "class A:\n    def __html__(self):\n        return ''",
        "from django.utils.safestring import SafeString\nclass Drawing(SafeString): ...",
    ],
)
def test_switching_escaping_off_is_noticed(code: str) -> None:
    assert list(unescaped(Source("x.py", code)))


def test_a_safe_string_as_a_type_is_left_alone() -> None:
    code = "from django.utils.safestring import SafeString\ndef card(*, content: SafeString) -> SafeString: ..."

    assert list(unescaped(Source("x.py", code))) == []


def test_a_template_stays_in_its_room() -> None:
    known = owners()
    sources = [*templates(), *python(f"{HOUSE}/rooms", f"{HOUSE}/ui", f"{HOUSE}/config")]

    assert {room for room in known.values() if room} == _ROOMS
    assert findings(lambda source: strangers(source, known), sources) == []


def test_a_template_of_another_room_is_noticed() -> None:
    known = {"team/case.html": "team", "layouts/base.html": "", "resident/front.html": "resident"}
    page = Source(
        "luotsi/rooms/team/templates/team/x.html",
        '{% extends "layouts/base.html" %}{% include "resident/front.html" %}',
    )
    view = Source("luotsi/rooms/team/x.py", 'render(request, "resident/front.html#part")')

    assert len(list(strangers(page, known))) == 1
    assert len(list(strangers(view, known))) == 1
    assert len(list(strangers(Source("luotsi/rooms/team/x.py", 'render(request, "team/gone.html")'), known))) == 1
    assert list(strangers(Source("luotsi/rooms/team/x.py", 'render(request, "team/case.html")'), known)) == []


def test_a_room_keeps_its_templates_in_a_folder_of_its_own_name() -> None:
    wrong = [name for name, room in owners().items() if room and not name.startswith(f"{room}/")]

    assert wrong == []
