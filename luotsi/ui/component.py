"""What makes a typed function a component: a template tag whose props are checked, with its template beside it."""

from collections.abc import Callable
from functools import cache, wraps
from inspect import getfile
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from django.template import Context, Engine, Library, Node, Origin, Template
from django.utils.translation import get_language

from luotsi.base.text import Text

register = Library()
FOLDER = Path(__file__).parent / "components"

Props = dict[str, Any]


class PropError(ValueError):
    """A component was given a value it does not take. The message names the tag, the prop and what it takes."""


def component(
    function: Callable[..., Props] | None = None,
    *,
    block: bool = False,
    context: bool = False,
    around: Callable[[], Props] | None = None,
) -> Callable[..., Any]:
    """Make a keyword-only function a template tag of its own name.

    The function returns the context of `template.html` (or of `<tag>.html`) in its folder. A `block` component takes
    `content` first; one with `context` takes the page's context before that. `around()` gives names that the tags
    inside the block can see, so that a cell knows its column.
    """
    if function is None:
        return lambda given: component(given, block=block, context=context, around=around)
    tag = function.__name__
    template = _template_beside(function)

    @wraps(function)
    def render(*positional: Any, **props: Any) -> str:
        given = {name: spoken(value) for name, value in props.items()}
        _check(tag, function, given)
        return _compiled(template).render(Context(function(*positional, **given)))

    if block:
        register.simple_block_tag(render, takes_context=context or None, name=tag)
    else:
        register.simple_tag(render, takes_context=context or None, name=tag)
    if around:
        _surround(tag, around)
    return function


def spoken(value: Any) -> Any:
    """The value with every `Text` in it turned into words of the page's language."""
    if isinstance(value, Text):
        return value.in_language(get_language() or "fi")
    if isinstance(value, dict):
        return {name: spoken(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [spoken(item) for item in value]
    return value


def _check(tag: str, function: Callable[..., Props], given: Props) -> None:
    """Refuse a value outside the prop's list, and an empty text where one is required (often a misspelt variable)."""
    optional = function.__kwdefaults__ or {}
    for name, kind in _hints(function).items():
        if name not in given:
            continue
        value = given[name]
        if get_origin(kind) is Literal and value not in get_args(kind):
            raise PropError(f"{{% {tag} %}}: {name}={value!r} is not one of {', '.join(map(repr, get_args(kind)))}.")
        if kind is str and name not in optional and (value is None or not str(value).strip()):
            raise PropError(f"{{% {tag} %}}: {name} is empty; it needs words. Is the variable's name spelt right?")


@cache
def _hints(function: Callable[..., Props]) -> dict[str, Any]:
    return get_type_hints(function)


def _template_beside(function: Callable[..., Props]) -> Path:
    folder = Path(getfile(function)).parent
    own = folder / f"{function.__name__}.html"
    return own if own.exists() else folder / "template.html"


@cache
def _compiled(path: Path) -> Template:
    return Template(path.read_text(encoding="utf-8"), Origin(str(path)), path.name, Engine.get_default())


class _Surrounded(Node):
    """A block tag whose content sees more names than the page around it."""

    def __init__(self, inner: Any, around: Callable[[], Props]) -> None:
        self.inner, self.around, self.nodelist = inner, around, inner.nodelist

    def render(self, context: Context) -> str:
        with context.push(**self.around()):
            return str(self.inner.render(context))


def _surround(tag: str, around: Callable[[], Props]) -> None:
    compile_plain = register.tags[tag]
    register.tag(tag, lambda parser, token: _Surrounded(compile_plain(parser, token), around))
