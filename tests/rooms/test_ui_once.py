"""A piece drawn once depends on what it was given, on the language and on the day, and on nothing else."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.template import Context, Engine, Template, TemplateSyntaxError
from django.utils import translation

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Counted:
    """Says how often it was read."""

    read = 0

    def word(self) -> str:
        self.read += 1
        return f"{translation.get_language()} {self.read}"


def template(text: str) -> Template:
    return Template(text, engine=Engine.get_default())


@pytest.fixture
def piece() -> Template:
    return template("{% once one=one two=two %}{{ one.word }} {{ two }} {{ three }}.{% endonce %}")


def drawn(piece: Template, **given: object) -> str:
    return str(piece.render(Context(given)))


def test_the_same_things_are_drawn_once_and_nothing_else_is_known_inside(piece: Template) -> None:
    one = Counted()
    with translation.override("fi"), time_machine.travel(AT, tick=False):
        assert drawn(piece, one=one, two="a", three="b") == "fi 1 a ."
        assert drawn(piece, one=one, two="a", three="c") == "fi 1 a ."
        assert drawn(piece, one=one, two="b") == "fi 2 b ."
    assert one.read == 2


def test_another_language_and_another_day_are_drawn_anew(piece: Template) -> None:
    one = Counted()
    with time_machine.travel(AT, tick=False) as moment:
        with translation.override("fi"):
            assert drawn(piece, one=one, two="a") == "fi 1 a ."
        with translation.override("sv"):
            assert drawn(piece, one=one, two="a") == "sv 2 a ."
        moment.shift(86_400)
        with translation.override("fi"):
            assert drawn(piece, one=one, two="a") == "fi 3 a ."


def test_what_is_given_is_escaped_as_anywhere() -> None:
    piece = template("{% once one=one %}{{ one }}{% endonce %}")
    assert drawn(piece, one="<b>") == drawn(piece, one="<b>") == "&lt;b&gt;"


def test_a_piece_says_what_it_is_drawn_from() -> None:
    with pytest.raises(TemplateSyntaxError, match="drawn from"):
        template("{% once %}x{% endonce %}")
