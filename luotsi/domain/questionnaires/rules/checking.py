"""One answer as a page, a file or a program gives it → the answer as it is kept, or the Problem with it."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from luotsi.base.now import in_helsinki
from luotsi.domain.questionnaires.definitions import Item, Questionnaire
from luotsi.domain.questionnaires.rules import files
from luotsi.domain.questionnaires.rules.state import Path, Problem

MOST_ROWS = 200  # answers to one item; a form that needs more is a register, not a questionnaire
_BIGGEST = Decimal(10) ** 15  # a JSON number keeps fifteen digits
_LONGEST_WITH_PATTERN = 500
_PHONE = re.compile(r"^\+?[0-9][0-9 ()-]{4,18}$")
_ADDRESS = re.compile(r"^https?://[^\s<>\"]{1,2000}$", re.IGNORECASE)
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")  # no database keeps these


class _Wrong(Exception):
    def __init__(self, kind: str, limit: object = None) -> None:
        self.kind, self.limit = kind, limit


def check(form: Questionnaire, key: str, value: Any, *, on: date | None = None) -> Any:
    """The answer to the item as it is kept (None when there is none), or a Problem. KeyError: no such item."""
    item = next((one for one in form.every_item if one.key == key), None)
    if item is None:
        raise KeyError(key)
    return clean(item, value, on=on)


def clean(item: Item, value: Any, *, path: Path = (), on: date | None = None) -> Any:
    """As `check`, for an item at a place. What is required is another question: `missing` is not told here."""
    try:
        if item.repeats or item.type == "choices":
            return _several(item, value, on)
        if isinstance(value, list | tuple):
            if len(value) > 1:
                raise _Wrong("too_many", 1)
            value = value[0] if value else None
        return _one(item, value, on)
    except _Wrong as wrong:
        return Problem(wrong.kind, item, path or (item.key,), wrong.limit)


def _several(item: Item, value: Any, on: date | None) -> list[Any] | None:
    given = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
    most = MOST_ROWS if item.repeats_at_most is None else min(item.repeats_at_most, MOST_ROWS)
    if len(given) > max(most, len(item.options)):
        raise _Wrong("too_many", most)
    kept = [one for one in (_one(item, each, on) for each in given) if one is not None]
    if item.type == "choices" or item.options:
        kept = [one for number, one in enumerate(kept) if one not in kept[:number]]
    if kept and len(kept) < item.repeats_at_least:
        raise _Wrong("too_few", item.repeats_at_least)
    if item.repeats_at_most is not None and len(kept) > item.repeats_at_most:
        raise _Wrong("too_many", item.repeats_at_most)
    alone = {option.value for option in item.options if option.exclusive}
    if len(kept) > 1 and any(isinstance(one, str) and one in alone for one in kept):
        raise _Wrong("excludes_others")
    return kept or None


def _one(item: Item, value: Any, on: date | None) -> Any:
    if isinstance(value, str):
        if _UNKEEPABLE.search(value):
            raise _Wrong("not_text")
        value = value.strip()
    if value is None or value == "" or value == {}:
        return None
    kind: Callable[[Item, Any, date | None], Any] = _KINDS.get(item.type, _nothing)
    return kind(item, value, on)


def _text(item: Item, value: Any, on: date | None) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise _Wrong("not_text")
    words = str(value).replace("\r\n", "\n").replace("\r", "\n")
    if len(words) > item.max_length:
        raise _Wrong("too_long", item.max_length)
    if len(words) < item.min_length:
        raise _Wrong("too_short", item.min_length)
    if item.pattern and (len(words) > _LONGEST_WITH_PATTERN or not re.fullmatch(item.pattern, words)):
        raise _Wrong("bad_pattern")
    return words


def _phone(item: Item, value: Any, on: date | None) -> str:
    words = _text(item, value, on)
    if not _PHONE.match(words):
        raise _Wrong("not_a_phone")
    return words


def _address(item: Item, value: Any, on: date | None) -> str:
    words = _text(item, value, on)
    if not _ADDRESS.match(words):
        raise _Wrong("not_an_address")
    return words


def _yes_no(item: Item, value: Any, on: date | None) -> str:
    word = str(value).lower()
    word = {"true": "yes", "false": "no"}.get(word, word)
    if word not in {"yes", "no"}:
        raise _Wrong("not_yes_or_no")
    return word


def _decimal(item: Item, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise _Wrong("not_a_number")
    words = re.sub(r"[\s\u00a0\u202f]", "", str(value)).replace(",", ".").replace("−", "-")
    if len(words) > 40 or not re.fullmatch(r"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]{1,3})?|[+-]?[0-9]+\.", words):
        raise _Wrong("not_a_number")
    try:
        number = Decimal(words)
    except InvalidOperation:
        raise _Wrong("not_a_number") from None
    return _within(item, number)


def _within(item: Item, number: Decimal) -> Decimal:
    if abs(number) >= _BIGGEST:
        raise _Wrong("too_big" if number > 0 else "too_small", int(_BIGGEST.copy_sign(number)))
    if isinstance(item.least, Decimal) and number < item.least:
        raise _Wrong("too_small", item.least)
    if isinstance(item.most, Decimal) and number > item.most:
        raise _Wrong("too_big", item.most)
    if item.decimals is not None and number.as_tuple().exponent != 0 and round(number, item.decimals) != number:
        raise _Wrong("too_many_decimals", item.decimals)
    return number


def _whole(item: Item, value: Any, on: date | None) -> int:
    number = _decimal(item, value)
    if number != number.to_integral_value():
        raise _Wrong("not_whole")
    return int(number)


def _number(item: Item, value: Any, on: date | None) -> int | float:
    return plain(_decimal(item, value))


def _quantity(item: Item, value: Any, on: date | None) -> dict[str, Any] | None:
    codes = [unit.code for unit in item.units]
    if not isinstance(value, Mapping):
        value = {"value": value, "unit": codes[0] if len(codes) == 1 else ""}
    amount, unit = value.get("value"), value.get("unit") or (codes[0] if len(codes) == 1 else "")
    if amount in (None, ""):
        return None
    if not isinstance(unit, str) or len(unit) > 60 or (codes and unit not in codes):
        raise _Wrong("not_a_unit", ", ".join(codes))
    return {"value": plain(_decimal(item, amount)), "unit": unit}


def plain(number: Decimal) -> int | float:
    """A number as JSON keeps it."""
    if number == number.to_integral_value():
        return int(number)
    kept = float(number)
    return kept if math.isfinite(kept) else 0


def _day(item: Item, value: Any, on: date | None) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        value = _parsed(value, date.fromisoformat, r"\d{4}-\d{2}-\d{2}", r"(\d{1,2})\.(\d{1,2})\.(\d{4})", "not_a_day")
    return _in_time(item, value.isoformat(), on)


def _moment(item: Item, value: Any, on: date | None) -> str:
    if not isinstance(value, datetime):
        shape = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?"
        value = _parsed(value, datetime.fromisoformat, shape, "", "not_a_moment")
    if value.tzinfo:  # kept as the clock on a Finnish wall showed
        value = in_helsinki(value).replace(tzinfo=None)
    return _in_time(item, value.isoformat(timespec="seconds" if value.second else "minutes"), on)


def _time(item: Item, value: Any, on: date | None) -> str:
    if not isinstance(value, time):
        value = _parsed(str(value).replace(".", ":"), time.fromisoformat, r"\d{2}:\d{2}(:\d{2})?", "", "not_a_time")
    return _in_time(item, value.isoformat(timespec="seconds" if value.second else "minutes"), on)


def _parsed(value: Any, read: Callable[[str], Any], shape: str, finnish: str, kind: str) -> Any:
    if isinstance(value, str) and finnish and (parts := re.fullmatch(finnish, value)):
        day, month, year = parts.groups()
        value = f"{year}-{int(month):02}-{int(day):02}"
    if not isinstance(value, str) or not value.isascii() or not re.fullmatch(shape, value):
        raise _Wrong(kind)
    try:
        return read(value)
    except ValueError:
        raise _Wrong(kind) from None


def _in_time(item: Item, said: str, on: date | None) -> str:
    least, most = (_bound(bound, on) for bound in (item.least, item.most))
    if least and said[: len(least)] < least:
        raise _Wrong("too_small", least)
    if most and said[: len(most)] > most:
        raise _Wrong("too_big", most)
    return said


def _bound(bound: Decimal | str | None, on: date | None) -> str:
    """A day's bound as ISO text; `today` is the day of reading."""
    if bound == "today":
        return on.isoformat() if on else ""
    return str(bound or "")


def _choice(item: Item, value: Any, on: date | None) -> str:
    word = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if word is None:
        raise _Wrong("not_an_option")
    if not item.options:  # the list that it names is not with us
        return _text(item, word, on)
    if all(option.value != word for option in item.options):
        raise _Wrong("not_an_option")
    return word


def _open_choice(item: Item, value: Any, on: date | None) -> str | dict[str, str] | None:
    if isinstance(value, Mapping):
        other = value.get("other")
        words = _text(item, other.strip() if isinstance(other, str) else other, on) if other else ""
        return {"other": words} if words else None
    return _choice(item, value, on)


def _file(item: Item, value: Any, on: date | None) -> dict[str, Any]:
    """What stands for a file that is kept beside the answers: its id, name, media type and size."""
    if not isinstance(value, Mapping) or not isinstance(value.get("file"), str) or len(value["file"]) > 64:
        raise _Wrong("not_a_file")
    name, kind, size = value.get("name"), value.get("kind"), value.get("size")
    if kind not in files.ENDINGS:
        raise _Wrong("wrong_kind", ", ".join(files.ENDINGS.values()))
    if not isinstance(name, str) or not 0 < len(name) <= files.LONGEST_NAME + 10 or _UNKEEPABLE.search(name):
        raise _Wrong("not_a_file")
    if isinstance(size, bool) or not isinstance(size, int) or not 0 < size <= files.MOST_BYTES:
        raise _Wrong("too_large", files.MOST_BYTES)
    return files.kept(value["file"], name=name, kind=str(kind), size=size)


def _named_thing(item: Item, value: Any, on: date | None) -> Any:
    """A reference: small facts about something kept elsewhere."""
    if isinstance(value, str):
        return _text(item, value, on)
    if not isinstance(value, Mapping) or len(value) > 12:
        raise _Wrong("not_text")
    if any(
        not isinstance(part, str | int) or (isinstance(part, str) and _UNKEEPABLE.search(part))
        for part in value.values()
    ):
        raise _Wrong("not_text")
    return {str(name): part for name, part in value.items()}


def _nothing(item: Item, value: Any, on: date | None) -> None:
    """A group or a text to read has no answer of its own."""


_KINDS: dict[str, Callable[[Item, Any, date | None], Any]] = {
    "text": _text,
    "long_text": _text,
    "phone": _phone,
    "url": _address,
    "yes_no": _yes_no,
    "whole_number": _whole,
    "number": _number,
    "quantity": _quantity,
    "day": _day,
    "moment": _moment,
    "time": _time,
    "choice": _choice,
    "choices": _choice,
    "open_choice": _open_choice,
    "file": _file,
    "reference": _named_thing,
}
