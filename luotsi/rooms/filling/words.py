"""What is wrong with an answer, in words that say what to do (WCAG 3.3.1 and 3.3.3)."""

from datetime import date

from django.utils.translation import get_language, pgettext

from luotsi.domain.questionnaires.rules import Problem
from luotsi.ui.words import number

_CHOOSING = {"choice", "choices", "open_choice", "yes_no"}


def sentence(problem: Problem, *, names_question: bool = True) -> str:
    """One sentence; with the question named, since the summary on top stands far from it."""
    said = _missing(problem) if problem.kind == "missing" else _wrong(problem)
    if not names_question:
        return said
    question = problem.item.label.in_language(get_language() or "fi")
    return pgettext("filling", "%(what)s (%(question)s)") % {"what": said, "question": _short(question)}


def _missing(problem: Problem) -> str:
    if problem.item.type in _CHOOSING:
        return pgettext("filling", "Choose one of the answers.")
    if problem.item.type == "phone":
        return pgettext("filling", "Write the phone number.")
    if problem.item.type == "day":
        return pgettext("filling", "Write the day.")
    if problem.item.type == "file":
        return pgettext("filling", "Choose a picture or a file.")
    return pgettext("filling", "Write an answer.")


def _wrong(problem: Problem) -> str:
    own = problem.item.pattern_says
    if problem.kind == "bad_pattern" and own:
        return own.in_language(get_language() or "fi")
    said = {
        "too_long": pgettext("filling", "Shorten the answer: there is room for %(limit)s characters."),
        "too_short": pgettext("filling", "Write a little more: at least %(limit)s characters."),
        "too_small": pgettext("filling", "The smallest possible answer is %(limit)s."),
        "too_big": pgettext("filling", "The largest possible answer is %(limit)s."),
        "too_few": pgettext("filling", "Give at least %(limit)s answers."),
        "too_many": pgettext("filling", "Give at most %(limit)s answers."),
        "bad_pattern": pgettext("filling", "Check how the answer is written."),
        "not_a_number": pgettext("filling", "Write the answer in figures, for example 12."),
        "not_whole": pgettext("filling", "Write a whole number, for example 12."),
        "too_many_decimals": pgettext("filling", "Write at most %(limit)s decimals."),
        "not_a_unit": pgettext("filling", "Choose the unit."),
        "not_a_day": pgettext("filling", "Write the day as in 31.3.2026."),
        "not_a_moment": pgettext("filling", "Write the day and the time."),
        "not_a_time": pgettext("filling", "Write the time as in 9.15."),
        "not_an_option": pgettext("filling", "Choose one of the answers that are offered."),
        "excludes_others": pgettext("filling", "One of your answers cannot be chosen together with the others."),
        "not_a_phone": pgettext("filling", "Write a phone number, for example 040 123 4567."),
        "not_a_file": pgettext("filling", "Choose the file again."),
        "wrong_kind": pgettext("filling", "Choose a picture (JPG or PNG) or a PDF."),
        "not_an_address": pgettext("filling", "Write an address that begins with https://"),
    }.get(problem.kind, pgettext("filling", "Check this answer."))
    return said % {"limit": _limit(problem)}


def _limit(problem: Problem) -> str:
    limit = problem.limit
    if isinstance(limit, str) and problem.item.type == "day":
        try:
            day = date.fromisoformat(limit)
        except ValueError:
            return limit
        return f"{day.day}.{day.month}.{day.year}"
    if isinstance(limit, int | float) or hasattr(limit, "as_tuple"):
        places = -int(limit.as_tuple().exponent) if hasattr(limit, "as_tuple") else 0
        return str(number(limit, max(0, places)))
    return str(limit or "")


def _short(question: str) -> str:
    return question if len(question) <= 80 else f"{question[:77].rstrip()}…"
