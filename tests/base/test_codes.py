"""Identity codes are found in every form, and public ids are left alone."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base.codes import CODE, has_code, redact
from tests.factories import identity_code

SIGNS = "+-YXWVUABCDEF"


@pytest.mark.parametrize("sign", SIGNS + SIGNS.lower() + "–−‑")
@pytest.mark.parametrize("form", ["{}", "x{}y", "q={};", "(hetu {})", "{}{}", "'{}'"])
def test_a_code_is_found_with_every_sign(sign: str, form: str) -> None:
    code = f"010190{sign}999W"  # its check character is right
    clean = redact(form.format(code, code))
    assert has_code(form.format(code, code))
    assert CODE in clean
    assert "010190" not in clean


@pytest.mark.parametrize(
    "text",
    ["q=010190%2D999W", "q=010190%252d999w", "%30%31%30190-999W", r"010190\u002D999W", "010190 - 999W", "311290-900A"],
)
def test_a_code_in_disguise_or_mistyped_is_found(text: str) -> None:
    assert has_code(text)
    assert CODE in redact(text)


@given(st.dates(date(1900, 1, 1), date(2025, 1, 1)), st.text(max_size=5), st.text(max_size=5))
def test_any_code_is_found_between_anything(born: date, before: str, after: str) -> None:
    code = identity_code(born)
    assert code not in redact(f"{before}{code}{after}")


@given(st.uuids())
def test_a_public_id_is_never_taken_for_a_code(id: UUID) -> None:
    for text in (str(id), id.hex, f"/fi/cases/{id}/", f"?case={id}&b=1"):
        assert redact(text) == text
        assert not has_code(text)


@pytest.mark.parametrize("text", ["/fi/cases/3f010190-999a-4999-a010-190a9991999f/", f"{'010190a999' * 4}"])
def test_ids_that_look_like_codes_are_left_alone(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    "text", ["2026-11-22 10:46:57,123 ERROR", "due 311299-12345", "451390-999W", "port 8000", "1 022 cases", "12 %"]
)
def test_what_is_no_code_is_left_alone(text: str) -> None:
    assert redact(text) == text


def test_mail_and_phone_are_redacted() -> None:
    assert redact("to anna.a@example.org, 040 123 4567 or +358401234567") == "to [mail], [phone] or [phone]"
