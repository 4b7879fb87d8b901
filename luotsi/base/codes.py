"""Identity codes, mail addresses and phone numbers inside a text, in every form in which people and machines write.

A code is known by all signs of 2023, in small letters, percent-encoded, with a dash of a word processor. A mistyped one
is taken for a code too when it stands alone. A temporary code of somebody whose birth date is not known begins with 00.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from stdnum.fi import hetu

_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
CODE, MAIL, PHONE = "[identity code]", "[mail]", "[phone]"
_SIGN = r"\s?(?P<sign>[-+a-fu-yA-FU-Y\u2010-\u2015\u2212]|%(?:25)?2[bBdD]|\\u002[bBdD])\s?"
_CODE = re.compile(rf"(?P<born>(?P<day>\d\d)(?P<month>\d\d)\d\d){_SIGN}(?P<rest>\d\d\d[0-9A-FHJ-NPR-Ya-fhj-npr-y])")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w")
_PHONE = re.compile(r"(?<![\w.:-])(?:\+358|0)[ -]?\d{1,3}[ -]?\d{3,4}[ -]?\d{2,4}(?![\w.:-])")
# Public ids and checksums: a run of hexadecimal digits may look like a code by chance.
_HEXADECIMAL = re.compile(
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?<!\w)(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?!\w)",
    re.IGNORECASE,
)


def has_code(text: str) -> bool:
    """Whether the text carries an identity code, also a percent-encoded one."""
    return any(next(_places(form), None) is not None for form in _forms(text))


def redact(text: str) -> str:
    """The text with codes, mail addresses and phone numbers replaced by what they were."""
    forms = list(_forms(text))
    text = forms[-1] if len(forms) > 1 and any(True for form in forms[1:] for _ in _places(form)) else text
    pieces, after = [], 0
    for start, end in _places(text):
        pieces += [text[after:start], CODE]
        after = end
    text = "".join([*pieces, text[after:]])
    return _PHONE.sub(PHONE, _MAIL.sub(MAIL, text))


def check_character(digits: str) -> str:
    """The last character of the identity code that has these nine digits."""
    return _CHECKS[int(digits) % 31]


def _forms(text: str) -> Iterator[str]:
    """The text as it is, and as it reads when its percent signs are read, once and twice."""
    yield text
    for _ in range(2):
        if "%" not in text or (read := unquote(text, errors="replace")) == text:
            return
        text = read
        yield text


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where codes stand: alone, or inside a word when the check character is right."""
    text = _HEXADECIMAL.sub(lambda found: "\0" * len(found[0]), text)
    at = 0
    while found := _CODE.search(text, at):
        if _is_code(found, text):
            yield found.span()
            at = found.end()
        else:
            at = found.start() + 1


def _is_code(found: re.Match[str], text: str) -> bool:
    is_undated = found["day"] == "00" and found["rest"].startswith("9")
    if not is_undated and not (1 <= int(found["day"]) <= 31 and 1 <= int(found["month"]) <= 12):
        return False
    around = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
    if not any(character.isalnum() for character in around):
        return True
    if is_undated:
        return found["rest"][3:].upper() == check_character(f"{found['born']}{found['rest'][:3]}")
    return bool(hetu.is_valid(f"{found['born']}-{found['rest']}".upper(), allow_temporary=True))
