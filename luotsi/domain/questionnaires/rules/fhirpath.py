"""FHIRPath through the library `fhirpathpy`, with limits: no expression may hang the server or fill its memory.

An expression is compiled once. Its steps and the size of what each gives are counted; `today()` is the day of reading,
not the server's clock; regular expressions in it must be light. `ordinal()` and `weight()` give an option's points.
"""

import re
import threading
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

import fhirpathpy
from antlr4 import CommonTokenStream, InputStream, ParseTreeWalker, Token
from antlr4.error.ErrorListener import ErrorListener
from fhirpathpy import engine
from fhirpathpy.engine.nodes import FP_DateTime, FP_Type, ResourceNode
from fhirpathpy.models import models
from fhirpathpy.parser.ASTPathListener import ASTPathListener
from fhirpathpy.parser.generated.FHIRPathLexer import FHIRPathLexer
from fhirpathpy.parser.generated.FHIRPathParser import FHIRPathParser

from luotsi.domain.questionnaires.definitions.faulty import Fault, Faulty
from luotsi.domain.questionnaires.definitions.patterns import heaviness

LONGEST = 4_000
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
_MOST_STEPS = 60_000
_MOST_LETTERS = 20_000
_R4 = models["r4"]
# The library carries no types.
_apply: Callable[..., Any] = fhirpathpy.apply_parsed_path
_node: Callable[..., Any] = ResourceNode.create_node
_listener: Callable[[], Any] = ASTPathListener
_at: Callable[[str], Any] = FP_DateTime


class NotAnExpression(Faulty):
    """What is written is no FHIRPath, or none that is let in here. Says why."""


class Failed(ValueError):
    """The expression gives no value for these answers: a type does not fit, or it grew over its limits."""


class TookTooMuch(Failed):
    """The expression went over its limits."""


@lru_cache(maxsize=4_096)
def compiled(text: str) -> Callable[..., Any]:
    """The expression ready to be asked. Raises NotAnExpression."""
    if len(text) > LONGEST:
        said = f"the expression has {len(text)} characters, at most {LONGEST}"
        raise NotAnExpression(Fault(said, "expression_long", most=LONGEST))
    if re.search(r"(?:matches|replaceMatches|matchesFull)\s*\(\s*[^'\s]", text):
        said = "a pattern is written in quotes, so that it can be looked at before it is used"
        raise NotAnExpression(Fault(said, "pattern_bare"))
    for pattern in re.findall(r"(?:matches|replaceMatches|matchesFull)\s*\(\s*'((?:[^'\\]|\\.)*)'", text):
        if why := heaviness(pattern.replace("\\\\", "\\")):
            raise NotAnExpression(why.of(f"the pattern {pattern!r}"))
    try:
        tree = _parsed(text)
    except RecursionError:
        raise NotAnExpression(Fault("the expression is too deep", "expression_deep")) from None
    except NotAnExpression:
        raise
    except Exception as error:  # the library raises bare exceptions of many kinds
        said = f"{text[:80]!r} is not FHIRPath ({type(error).__name__})"
        raise NotAnExpression(Fault(said, "not_fhirpath", text=text[:80], near=text[:40])) from None
    return partial(_evaluated, tree)


def _parsed(text: str) -> Any:
    """The library's own parsing, which alone mends what it does not understand, or stops there, in silence."""
    stumbles = _Stumbles()
    lexer = FHIRPathLexer(InputStream(text))
    lexer.removeErrorListeners()
    lexer.addErrorListener(stumbles)
    parser = FHIRPathParser(CommonTokenStream(lexer))
    parser.removeErrorListeners()
    parser.addErrorListener(stumbles)
    tree = parser.expression()
    if stumbles.found or parser.getTokenStream().LA(1) != Token.EOF:
        where = stumbles.found or f"ends before {parser.getCurrentToken().text!r}"
        near = stumbles.near or parser.getCurrentToken().text
        raise NotAnExpression(
            Fault(f"{text[:80]!r} is not FHIRPath: {where}", "not_fhirpath", text=text[:80], near=near)
        )
    listener: Any = _listener()
    ParseTreeWalker().walk(listener, tree)
    return listener.parentStack[0]


def _evaluated(tree: Any, focus: Any, named: dict[str, Any]) -> Any:
    return _apply(focus, tree, named, _R4, {"userInvocationTable": _OWN})


class _Stumbles(ErrorListener):
    """What the parser could not understand: the first of it, in its words."""

    found = near = ""

    def syntaxError(self, recognizer: Any, symbol: Any, line: int, column: int, msg: str, e: Any) -> None:  # noqa: N802
        if not self.found:
            self.found, self.near = msg[:120], str(getattr(symbol, "text", None) or "")[:40]


def item_node(item: Mapping[str, Any]) -> Any:
    """An item of a response as a focus: by itself the library does not know what its answers' values are."""
    return _node(item, "QuestionnaireResponse.item")


def ask(text: str, focus: Any, named: Mapping[str, Any], *, on: date | None) -> list[Any]:
    """What the expression gives, as plain values. Raises Failed or NotAnExpression."""
    call = compiled(text)
    _now.on, _now.left = on, _MOST_STEPS
    try:
        found = call(focus, dict(named))
    except RecursionError:
        raise TookTooMuch("it is too deep") from None
    except TookTooMuch:
        raise
    except Exception as error:  # as above
        raise Failed(str(error)[:200] or type(error).__name__) from None
    finally:
        _now.left = None
    return list(found) if isinstance(found, list) else [found]


_now = threading.local()
_unguarded: Callable[..., Any] = engine.do_eval


def _guarded(ctx: Any, data: Any, node: Any) -> Any:
    """One step of the library's evaluation, counted with the size of what it gives."""
    found = _unguarded(ctx, data, node)
    left = getattr(_now, "left", None)
    if left is None:
        return found
    _now.left = left - 1 - (len(found) if isinstance(found, list) else 0)
    if left <= 0:
        raise TookTooMuch(f"it takes more than {_MOST_STEPS} steps")
    if isinstance(found, list) and len(found) == 1:
        _check_size(found[0])
    return found


engine.do_eval = _guarded


def _check_size(one: Any) -> None:
    if isinstance(one, str) and len(one) > _MOST_LETTERS:
        raise TookTooMuch(f"it writes more than {_MOST_LETTERS} characters")
    if isinstance(one, int) and one.bit_length() > 256:
        raise TookTooMuch("the number is too big")


def _today(inputs: list[Any]) -> list[Any]:
    on = getattr(_now, "on", None)
    return [_at(on.isoformat())] if on else []


def _moment(inputs: list[Any]) -> list[Any]:
    on = getattr(_now, "on", None)
    return [_at(f"{on.isoformat()}T00:00:00")] if on else []


def _sum(inputs: list[Any]) -> list[Any]:
    """The library's own adds its inner nodes, which fails on answers."""
    return [sum((_amount(one) for one in inputs), Decimal(0))] if inputs else [0]


def _ordinal(inputs: list[Any]) -> list[Any]:
    """The points of each chosen option (SDC: ordinal(), in newer forms weight())."""
    found: list[Any] = []
    for one in inputs:
        extensions = one.get("extension", ()) if isinstance(one, Mapping) else ()
        found += [part["valueDecimal"] for part in extensions if part.get("url") == ORDINAL]
    return found


def _replace(inputs: list[Any], old: Any, new: Any) -> list[Any]:
    if not (inputs and isinstance(inputs[0], str) and isinstance(old, str) and isinstance(new, str)):
        return []
    if (len(inputs[0]) + 1) * (len(new) + 1) > 1_000_000:
        raise TookTooMuch("it writes too much")
    return [inputs[0].replace(old, new)]


def _power(inputs: list[Any], degree: Any) -> list[Any]:
    if not inputs or isinstance(degree, list):
        return []
    base, exponent = _amount(inputs[0]), _amount(degree)
    if abs(exponent) > 100 or abs(base) > Decimal(10) ** 15:
        raise Failed("the number is too big")
    return [base**exponent] if base > 0 or exponent == int(exponent) > 0 else []


def _amount(one: Any) -> Decimal:
    if isinstance(one, bool) or not isinstance(one, int | float | Decimal):
        raise Failed(f"{str(one)[:40]!r} is not a number")
    return Decimal(str(one))


_OWN: dict[str, Any] = {
    "today": {"fn": _today},
    "now": {"fn": _moment},
    "sum": {"fn": _sum},
    "ordinal": {"fn": _ordinal},
    "weight": {"fn": _ordinal},
    "replace": {"fn": _replace, "arity": {2: ["String", "String"]}},
    "power": {"fn": _power, "arity": {1: ["Number"]}},
}


def is_special(one: Any) -> bool:
    """Whether the value is one of the library's own (a day, a time, a quantity)."""
    return isinstance(one, FP_Type)
