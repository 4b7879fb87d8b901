"""The residents: synthetic people of every age, in the eight municipalities, with identity codes in the 900s."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from luotsi.base.dates import birthday
from luotsi.demo import ids, names, story
from luotsi.demo.days import Days, Ints
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people import actions as people

_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SIGNS = {1900: "-YXWVU", 2000: "ABCDEF"}
_PAIRS = 45  # individual numbers 900–989, even and odd; the cast has 990–999


@dataclass(frozen=True)
class Residents:
    """People as columns. Birth days and the days of turning 23 count days from the story's first day."""

    ids: ids.Ids
    born: list[date]
    born_day: Ints
    turns_23: Ints
    is_woman: NDArray[np.bool_]
    municipality: Ints  # place in `municipalities`
    language: Ints  # place in story.LANGUAGES
    need: NDArray[np.float64]
    phone: Ints
    municipalities: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.born)

    def age_on(self, who: Ints, day: Ints) -> Ints:
        """Whole years, by days of the mean year: for choosing what suits an age, never for a limit."""
        return ((day - self.born_day[who]) / 365.2425).astype(np.int64)


def draw(rng: np.random.Generator, days: Days, count: int) -> Residents:
    """As many people as asked, spread over the municipalities as the county's own file says."""
    towns = organisation.county().municipalities
    sizes = np.array([town.residents for town in towns], dtype=float)
    group, age_days = _ages(rng, count)
    born_day = -age_days.astype(np.int64)
    born = [days.first + timedelta(days=int(day)) for day in born_day]
    turns = np.array([(birthday(day, day.year + 23) - days.first).days for day in born])
    return Residents(
        ids=ids.draw(rng, count),
        born=born,
        born_day=born_day,
        turns_23=turns,
        is_woman=rng.random(count) < 0.5,
        municipality=_spread(rng, sizes, count),
        language=rng.choice(len(story.LANGUAGES), count, p=[share for _, share in story.LANGUAGES]),
        need=np.array(story.NEED)[group] * rng.lognormal(0, 0.6, count),
        phone=rng.integers(0, 10_000, count),
        municipalities=tuple(town.code for town in towns),
    )


def rows(rng: np.random.Generator, residents: Residents) -> Iterator[object]:
    """The residents' rows for the noun, one by one: each identity code is encrypted and hashed on the way."""
    first, last = rng.random((2, residents.count))
    for row, code in enumerate(identity_codes(residents.born, residents.is_woman)):
        language = story.LANGUAGES[residents.language[row]][0]
        given = names.GIVEN[language, "f" if residents.is_woman[row] else "m"]
        surnames = names.SURNAMES[language]
        yield people.as_row(
            identity_code=code,
            id=ids.one(residents.ids, row),
            first_name=given[int(first[row] * len(given))],
            last_name=surnames[int(last[row] * len(surnames))],
            municipality=residents.municipalities[residents.municipality[row]],
            language=language,
            phone=f"040 000 {residents.phone[row]:04d}",
        )


def identity_codes(born: list[date], is_woman: NDArray[np.bool_]) -> Iterator[str]:
    """A code of its own for each: an even number is a woman's; when a day's numbers are used, the next sign begins."""
    used: Counter[tuple[date, bool]] = Counter()
    for day, woman in zip(born, is_woman, strict=True):
        place = used[day, bool(woman)]
        used[day, bool(woman)] += 1
        sign = _SIGNS[1900 if day.year < 2000 else 2000][place // _PAIRS]
        yield identity_code(day, sign, 900 + 2 * (place % _PAIRS) + (0 if woman else 1))


def identity_code(born: date, sign: str, individual: int) -> str:
    """A synthetic code with its check character, such as 010190-900P."""
    digits = f"{born:%d%m%y}{individual:03d}"
    return f"{born:%d%m%y}{sign}{individual:03d}{_CHECK[int(digits) % 31]}"


def _ages(rng: np.random.Generator, count: int) -> tuple[Ints, Ints]:
    weights = np.array([weight for _, _, weight in story.AGES])
    group = rng.choice(len(weights), count, p=weights / weights.sum())
    low, high = (np.array([bounds[side] for bounds in story.AGES])[group] for side in (0, 1))
    return group, ((low + rng.random(count) * (high - low)) * 365.2425).astype(np.int64) + 1


def _spread(rng: np.random.Generator, sizes: NDArray[np.float64], count: int) -> Ints:
    """Each municipality gets its exact share, the remainder by chance; then everybody is shuffled."""
    exact = sizes / sizes.sum() * count
    whole = np.floor(exact).astype(int)
    left = exact - whole
    rest = count - whole.sum()
    whole[rng.choice(len(sizes), rest, replace=False, p=left / left.sum())] += 1 if rest else 0
    return rng.permutation(np.repeat(np.arange(len(sizes)), whole))
