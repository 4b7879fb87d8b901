"""Texts in Finnish, Swedish and English, and the order of Finnish words."""

from collections.abc import Iterable
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Text(BaseModel):
    """One text in the three languages. A language that was not written falls back to Finnish."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fi: str
    sv: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        """The text in that language ("sv", "sv-fi"), or in Finnish when it was not written."""
        return str(getattr(self, language[:2], "") or self.fi)

    def language_of(self, language: str) -> str:
        """The language `in_language` really answers in, for the `lang` attribute."""
        return language[:2] if getattr(self, language[:2], "") else "fi"

    @property
    def is_complete(self) -> bool:
        return bool(self.fi and self.sv and self.en)

    def __str__(self) -> str:
        return self.fi


def shared_language(texts: Iterable[Text], language: str) -> str:
    """The language in which all of them can be read together: that one where each is written in it, else Finnish.

    Texts that belong together are never half in one language and half in another without saying so.
    """
    spoken = {text.language_of(language) for text in texts if text.fi}
    return "fi" if "fi" in spoken else language[:2]


# Finnish alphabetical order: å ä ö last, w sorts as w, other accents as their base letter (SFS 4600).
_LAST = {"å": "{1", "ä": "{2", "ö": "{3", "æ": "{2", "ø": "{3"}
_BASE = {"á": "a", "à": "a", "é": "e", "è": "e", "ë": "e", "ü": "y", "š": "s", "ž": "z", "õ": "o", "ñ": "n"}


def sort_key(words: str) -> str:
    """A key that sorts Finnish and Swedish words rightly in any collation. PostgreSQL here has no ICU."""
    return "".join(_LAST.get(letter) or _BASE.get(letter, letter) for letter in words.casefold().strip())
