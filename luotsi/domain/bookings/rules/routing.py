"""The order of home visits that needs the least driving and sends known faces, by OR-Tools (Google, Apache 2.0).

A vehicle routing problem with time windows: insertion for a first answer, guided local search for better ones. What is
not placed costs far more than any drive. It works in slices, so that one can be told how far it is and stop.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from luotsi.domain.bookings.rules.rounds import (
    STEP,
    Day,
    Laid,
    Placed,
    Visit,
    Worker,
    drive_minutes,
    kept_pins,
    who_can,
    why_left,
)

_LEFT_OUT = 1_000_000  # costs of a visit that is not made, in tenths of a minute of driving; an urgent one ten times
_LATENESS = 2  # tenths of a minute of driving for each minute from the time that the resident was told
_LATENESS_OF_ANOTHER = 1  # less where somebody else comes, and the resident hears of it anyway
_PATIENCE = 2  # slices without anything better, after which it is good enough
_DAY = 24 * 60 // STEP


@dataclass(frozen=True)
class Progress:
    """So far: which slice of how many, and the best answer yet."""

    slice: int
    slices: int
    placed: int
    drive_minutes: int


def lay(day: Day, *, seconds: int, told: Callable[[Progress], None] = lambda _: None) -> Laid:
    """Place as many visits as can be, with the least driving. Takes at most about so many seconds."""
    pins, fitting = kept_pins(day), [one for one in day.visits if who_can(one, day.workers)]
    placed: dict[UUID, Placed] = {}
    if fitting:
        for number, found in enumerate(_Search(day, fitting).run(seconds), start=1):
            placed = found
            told(Progress(number, seconds, len(placed), drive_minutes(placed, day)))
    placed = placed | pins
    left = {one.id: why_left(one, day.workers) for one in day.visits if one.id not in placed}
    return Laid(placed, left, drive_minutes(placed, day))


class _Search:
    """One search. Node 0 is where the rounds begin; node n + 1 is visit n. Time goes by steps of five minutes."""

    def __init__(self, day: Day, visits: list[Visit]) -> None:
        from ortools.constraint_solver import pywrapcp  # its loading takes a while, and pages do without

        self.day, self.visits = day, visits
        self.manager = pywrapcp.RoutingIndexManager(len(visits) + 1, len(day.workers), 0)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self.drives = self._drives()
        self.time = self._clock()
        self._costs()
        for node, visit in enumerate(visits, start=1):
            self._visit(self.manager.NodeToIndex(node), visit)
        for number, worker in enumerate(day.workers):
            self._hours(number, worker)

    def run(self, seconds: int) -> Iterator[dict[UUID, Placed]]:
        """The best answer after each slice of a second, until nothing better comes."""
        best, standing = self._first(), 0
        for _ in range(seconds):
            found = self._improved(best)
            if found is None:
                return
            is_better = best is None or found.ObjectiveValue() < best.ObjectiveValue()
            standing = 0 if is_better else standing + 1
            best = found if is_better else best
            yield self._read(best)
            if standing >= _PATIENCE:
                return

    def _drives(self) -> list[list[int]]:
        stops: list[Visit | None] = [None, *self.visits]
        return [[0 if a is b else self.day.drive(a, b) for b in stops] for a in stops]

    def _clock(self) -> Any:
        service = [0, *(one.minutes for one in self.visits)]
        steps = [
            [-(-(service[a] + drive) // STEP) if a != b else 0 for b, drive in enumerate(row)]
            for a, row in enumerate(self.drives)
        ]
        self.routing.AddDimension(self.routing.RegisterTransitMatrix(steps), _DAY, _DAY, False, "time")
        return self.routing.GetDimensionOrDie("time")

    def _costs(self) -> None:
        for number, worker in enumerate(self.day.workers):
            extra = [0, *(self._strangeness(one, worker) for one in self.visits)]
            costs = [[10 * (drive + extra[b]) for b, drive in enumerate(row)] for row in self.drives]
            self.routing.SetArcCostEvaluatorOfVehicle(self.routing.RegisterTransitMatrix(costs), number)

    def _strangeness(self, visit: Visit, worker: Worker) -> int:
        """Minutes of driving that it would be worth to send somebody else."""
        is_strange = bool(visit.familiar) and worker.id not in visit.familiar
        is_other = visit.told is not None and visit.told.staff != worker.id
        return self.day.own_worker_minutes * is_strange + self.day.same_worker_minutes * is_other

    def _visit(self, index: int, visit: Visit) -> None:
        begins = self.time.CumulVar(index)
        if visit.pinned:
            begins.SetRange(visit.pinned.starts // STEP, visit.pinned.starts // STEP)
        else:
            begins.SetRange(-(-visit.earliest // STEP), max(visit.latest // STEP, -(-visit.earliest // STEP)))
        for start, end in visit.busy:
            begins.RemoveInterval((start - visit.minutes) // STEP + 1, -(-end // STEP) - 1)
        if visit.told and not visit.pinned:
            is_here = any(one.id == visit.told.staff for one in self.day.workers)
            cost = STEP * (_LATENESS if is_here else _LATENESS_OF_ANOTHER)
            self.time.SetCumulVarSoftLowerBound(index, visit.told.starts // STEP, cost)
            self.time.SetCumulVarSoftUpperBound(index, visit.told.starts // STEP, cost)
        able = {one.id for one in who_can(visit, self.day.workers)}
        numbers = [number for number, one in enumerate(self.day.workers) if one.id in able]
        self.routing.VehicleVar(index).SetValues([-1, *numbers])  # -1: nobody
        self.routing.AddVariableMinimizedByFinalizer(begins)
        matters = 10 if visit.is_urgent or visit.pinned else 1
        self.routing.AddDisjunction([index], _LEFT_OUT * matters)

    def _hours(self, number: int, worker: Worker) -> None:
        first, last = -(-worker.begins // STEP), worker.ends // STEP
        for index in (self.routing.Start(number), self.routing.End(number)):
            self.time.CumulVar(index).SetRange(first, last)
            self.routing.AddVariableMinimizedByFinalizer(self.time.CumulVar(index))
        if worker.lunch:
            earliest, latest, minutes = worker.lunch
            pause = self.routing.solver().FixedDurationIntervalVar(
                -(-earliest // STEP), latest // STEP, -(-minutes // STEP), False, f"lunch {number}"
            )
            service = [0] * self.routing.Size()
            for node, visit in enumerate(self.visits, start=1):
                service[self.manager.NodeToIndex(node)] = -(-visit.minutes // STEP)
            self.time.SetBreakIntervalsOfVehicle([pause], number, service)

    def _first(self) -> Any:
        """A first answer by insertion; None when there is none within a second."""
        parameters = self._parameters(seconds=1, improve=False)
        self.routing.CloseModelWithParameters(parameters)
        return self.routing.SolveWithParameters(parameters)

    def _improved(self, best: Any) -> Any:
        parameters = self._parameters(seconds=1, improve=True)
        if best is None:
            return self.routing.SolveWithParameters(parameters)
        return self.routing.SolveFromAssignmentWithParameters(best, parameters)

    def _parameters(self, *, seconds: int, improve: bool) -> Any:
        from ortools.constraint_solver import pywrapcp, routing_enums_pb2

        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        heuristics = routing_enums_pb2.LocalSearchMetaheuristic
        parameters.local_search_metaheuristic = heuristics.GUIDED_LOCAL_SEARCH if improve else heuristics.GREEDY_DESCENT
        parameters.time_limit.FromSeconds(seconds)
        return parameters

    def _read(self, found: Any) -> dict[UUID, Placed]:
        placed = {}
        for number, worker in enumerate(self.day.workers):
            index = found.Value(self.routing.NextVar(self.routing.Start(number)))
            while not self.routing.IsEnd(index):
                visit = self.visits[self.manager.IndexToNode(index) - 1]
                placed[visit.id] = Placed(worker.id, found.Min(self.time.CumulVar(index)) * STEP)
                index = found.Value(self.routing.NextVar(index))
        return placed
