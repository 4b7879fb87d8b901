"""Rules that are Python: a score on the shelf names one (`way: rule`, `rule: gas_t_score`).

Each takes what was Counted and gives a number, or None when the answers have no result.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


@dataclass(frozen=True)
class Counted:
    """What a rule works on: points by item (one for each row; None: asked, not answered), other scores, settings."""

    points: Mapping[str, Sequence[Decimal | None]] = field(default_factory=dict)
    scores: Mapping[str, Decimal | None] = field(default_factory=dict)
    limits: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    settings: Mapping[str, Decimal] = field(default_factory=dict)

    def all_points(self) -> list[Decimal]:
        return [one for row in self.points.values() for one in row if one is not None]

    def all_scores(self) -> list[Decimal]:
        return [one for one in self.scores.values() if one is not None]


def gas_t_score(counted: Counted) -> Decimal | None:
    """Goal attainment as a T-score, 50 = as expected (Kiresuk & Sherman 1968).

    Items whose key ends in `weight` weigh the others, in order and row by row; without them each goal weighs 1.
    A goal without attainment is not counted. Setting: `rho`, the goals' expected correlation, 0.3 by default.
    """
    attained = [one for key, row in counted.points.items() if not key.endswith("weight") for one in row]
    weights = [one for key, row in counted.points.items() if key.endswith("weight") for one in row]
    pairs = zip(attained, weights or [ONE] * len(attained), strict=False)
    goals = [(one, ONE if weight is None else weight) for one, weight in pairs if one is not None]
    return t_score(
        [one for one, _ in goals], [weight for _, weight in goals], counted.settings.get("rho", Decimal("0.3"))
    )


def t_score(attained: Sequence[Decimal], weights: Sequence[Decimal], rho: Decimal = Decimal("0.3")) -> Decimal | None:
    """50 + 10·Σwx / √((1−ρ)·Σw² + ρ·(Σw)²), x from −2 to 2. None without goals, or when no goal weighs anything."""
    spread = (1 - rho) * sum((one * one for one in weights), ZERO) + rho * sum(weights, ZERO) ** 2
    if spread <= 0 or any(one < 0 for one in weights):
        return None
    total = sum((one * weight for one, weight in zip(attained, weights, strict=True)), ZERO)
    return 50 + 10 * total / spread.sqrt()


def qwl(counted: Counted) -> Decimal | None:
    """A QWL-style index from 0 to 1: the share of working time that is effective (after Marko Kesti's structure).

    Works on three scores in percent, in this order: safety, working together, creativity. Each may be bent by its
    setting (`safety`, `together`, `creativity`: an exponent, 1 by default). It is not the official index.
    """
    if len(counted.scores) != 3 or len(counted.all_scores()) != 3:
        return None
    shares = [min(ONE, max(ZERO, one / HUNDRED)) for one in counted.all_scores()]
    bends = [counted.settings.get(name, ONE) for name in ("safety", "together", "creativity")]
    return quality_of_working_life(
        *(share if bend == 1 else _bent(share, bend) for share, bend in zip(shares, bends, strict=True))
    )


def quality_of_working_life(safety: Decimal, together: Decimal, creativity: Decimal) -> Decimal:
    """PE · (CI + OC) / 2, each from 0 to 1."""
    return safety * (together + creativity) / 2


def axis_0_100(counted: Counted) -> Decimal | None:
    """Where the points stand between the lowest and the highest possible, from 0 to 100. Unanswered are left out."""
    given = [(one, counted.limits[key]) for key, row in counted.points.items() for one in row if one is not None]
    least = sum((limits[0] for _, limits in given), ZERO)
    most = sum((limits[1] for _, limits in given), ZERO)
    return HUNDRED * (sum((one for one, _ in given), ZERO) - least) / (most - least) if most > least else None


def segment(counted: Counted) -> Decimal | None:
    """The path of two-axis segmentation: 1 self-reliant, 2 co-operation, 3 community, 4 network (Pirkanmaa 2012).

    Works on pairs of need and difficulty of daily life, 0–100, one pair for each view. At a threshold (settings
    `need_threshold`, `coping_threshold`, 50 by default) the heavier path. None when the views lead to different paths:
    then there is no automatic path.
    """
    given = [*(row[0] if row else None for row in counted.points.values()), *counted.scores.values()]
    if not given or len(given) % 2 or any(one is None for one in given):
        return None
    limits = [counted.settings.get(name, Decimal(50)) for name in ("need_threshold", "coping_threshold")]
    heavy = [one is not None and one >= limits[number % 2] for number, one in enumerate(given)]
    paths = {1 + need + 2 * coping for need, coping in zip(heavy[::2], heavy[1::2], strict=True)}
    return Decimal(paths.pop()) if len(paths) == 1 else None


def weighted_sum(counted: Counted) -> Decimal | None:
    """Each item's points times the setting of its key, 1 where none is set; plus the setting `constant`."""
    given = [
        one * counted.settings.get(key, ONE) for key, row in counted.points.items() for one in row if one is not None
    ]
    return sum(given, counted.settings.get("constant", ZERO)) if given else None


def lowest(counted: Counted) -> Decimal | None:
    """The lowest of the points and scores: the dimension that lags behind."""
    return min([*counted.all_points(), *counted.all_scores()], default=None)


def highest(counted: Counted) -> Decimal | None:
    """The highest of the points and scores."""
    return max([*counted.all_points(), *counted.all_scores()], default=None)


def difference(counted: Counted) -> Decimal | None:
    """The first score (or points) less the second: how far two views stand from each other."""
    both = [*counted.all_points(), *counted.all_scores()]
    return both[0] - both[1] if len(both) == 2 else None


def net_promoter(counted: Counted) -> Decimal | None:
    """One answer from 0 to 10 as −100 (0–6), 0 (7–8) or 100 (9–10); a board's mean of these is the usual figure."""
    given = counted.all_points()
    return None if len(given) != 1 else HUNDRED if given[0] >= 9 else ZERO if given[0] >= 7 else -HUNDRED


def body_mass_index(counted: Counted) -> Decimal | None:
    """Weight in kg by the square of height in cm, in that order."""
    both = counted.all_points()
    return both[0] / (both[1] / HUNDRED) ** 2 if len(both) == 2 and both[1] > 0 else None


def _bent(share: Decimal, bend: Decimal) -> Decimal:
    return share**bend if share > 0 else ZERO


NAMED: dict[str, Callable[[Counted], Decimal | None]] = {
    rule.__name__: rule
    for rule in (
        gas_t_score,
        qwl,
        axis_0_100,
        segment,
        weighted_sum,
        lowest,
        highest,
        difference,
        net_promoter,
        body_mass_index,
    )
}
