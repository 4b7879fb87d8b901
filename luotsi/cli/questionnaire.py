"""Questionnaires from the command line: taken from the standard and given in it, looked through, scored, rebuilt."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from luotsi.domain.questionnaires.definitions import Questionnaire
    from luotsi.domain.questionnaires.rules import State

NAME = "questionnaire"
HELP = "take questionnaires from FHIR and give them in it, check them, score answers, rebuild kept scores"
needs_database = True
_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    jobs = parser.add_subparsers(dest="job", required=True, metavar="JOB")
    _job(jobs, "list", "every questionnaire that can be filled")
    _job(jobs, "export", "one questionnaire as a FHIR R4 Questionnaire", "KEY")
    _job(jobs, "check", "what is wrong with a file: FHIR JSON or our YAML; exit 1 when anything is", "FILE")
    taken = _job(jobs, "import", "a FHIR Questionnaire as a file for the shelf, with what is not supported", "FILE")
    taken.add_argument("--to", type=Path, help="write it there instead of printing it")
    taken.add_argument("--key", default="", help="its key on the shelf (default: from the document)")
    scored = _job(jobs, "score", "answers read: scores, bands, outcomes, dangers, problems", "KEY", "RESPONSE")
    scored.add_argument("--on", default="", help="the day of reading, 2026-01-15 (default today)")
    again = _job(jobs, "rebuild", "every kept score anew from its answers; nothing changes on a healthy database")
    again.add_argument("--check", action="store_true", help="change nothing; exit 1 when a score differs")


def _job(jobs: Any, name: str, says: str, *places: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = jobs.add_parser(name, help=says, description=says)
    for place in places:
        shown = {"RESPONSE": "a QuestionnaireResponse or plain answers as JSON; - for standard input"}.get(place)
        parser.add_argument(place.lower(), metavar=place, help=shown)
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    return parser


def run(args: argparse.Namespace) -> int:
    try:
        return int(_JOBS[args.job](args))
    except (OSError, ValueError) as error:
        print(f"luotsi: {error}", file=sys.stderr)
        return 2


def _list(args: argparse.Namespace) -> int:
    from luotsi.domain.questionnaires.queries.forms import current

    rows = [
        {"key": form.key, "version": form.version, "name": form.name.en or form.name.fi, "purpose": form.purpose}
        | {"items": len(form.every_item), "scores": [score.key for score in form.scores], "verified": form.verified}
        for form in current().values()
    ]
    lines = [
        f"{row['key']:<28} {row['version']:>2}  {row['purpose']:<10} {row['items']:>3}  {row['name']}" for row in rows
    ]
    return _say(args, rows, lines)


def _export(args: argparse.Namespace) -> int:
    from luotsi.gateways.fhir import questionnaires as fhir

    print(fhir.as_json(fhir.write(_form(args.key))))
    return 0


def _check(args: argparse.Namespace) -> int:
    from luotsi.base.shelf import ShelfError
    from luotsi.domain.questionnaires import rules
    from luotsi.gateways.fhir.questionnaires import NotReadable

    try:
        form, told = _read(Path(args.file))
    except (NotReadable, ShelfError) as error:
        return _say(args, {"faults": [str(error)], "unsupported": []}, [str(error)], 1)
    found = list(rules.faults(form))
    for number, example in enumerate(form.examples, start=1):
        found += [f"example {number}: {one}" for one in rules.example_faults(form, example)]
    lines = [*found, *(str(one) for one in told)]
    summary = f"{form.key}: {len(form.every_item)} items, {len(form.examples)} examples, {len(found)} faults"
    wrong = bool(found) or any(one.matters for one in told)
    return _say(args, {"faults": found, "unsupported": [asdict(one) for one in told]}, [summary, *lines], int(wrong))


def _import(args: argparse.Namespace) -> int:
    import yaml

    from luotsi.domain.questionnaires.rules.keeping import as_kept
    from luotsi.gateways.fhir import questionnaires as fhir

    imported = fhir.read(Path(args.file).read_bytes())
    form = imported.form.model_copy(update={"key": args.key or imported.form.key, "verified": False})
    written = yaml.safe_dump(as_kept(form), allow_unicode=True, sort_keys=False, width=120)
    if args.to:
        args.to.write_text(written, "utf-8")
    told = [asdict(one) for one in imported.unsupported]
    if args.json:
        print(json.dumps({"key": form.key, "form": as_kept(form), "unsupported": told}, ensure_ascii=False, indent=2))
    elif not args.to:
        print(written, end="")
    for one in imported.unsupported:
        print(one if one.matters else f"{one} (no answer depends on it)", file=sys.stderr)
    return 1 if imported.changes else 0


def _score(args: argparse.Namespace) -> int:
    from datetime import date

    from luotsi.base.now import today
    from luotsi.domain.questionnaires import rules

    form = _form(args.key)
    answers, told = _answers(args.response, form)
    state = rules.read(form, answers, on=date.fromisoformat(args.on) if args.on else today())
    told = [*told, *(f"{key}: the form has no such item" for key in state.unknown), *state.failures]
    found = _as_json(state) | {"unsupported": told}
    lines = [
        f"{key}: {one['value']}{' – ' + one['band'] if one['band'] else ''}" for key, one in found["scores"].items()
    ]
    lines += [f"then: {key}" for key in found["outcomes"]] + [f"danger: {key}" for key in found["dangers"]]
    lines += [f"{name}: {kind}" for name, kind in found["problems"].items()] + told
    return _say(args, found, lines, 1 if state.problems else 0)


def _rebuild(args: argparse.Namespace) -> int:
    from luotsi.base.now import now
    from luotsi.domain.questionnaires.actions.rebuilding import rebuild_scores

    found = rebuild_scores(at=now(), check=args.check)
    head = f"{len(found)} scores {'differ from' if args.check else 'were mended by'} their answers"
    lines = [head, *(f"  {one.response} {one.questionnaire} {one.what}" for one in found[:_SHOWN])]
    return _say(args, [asdict(one) for one in found], lines, 1 if args.check and found else 0)


def _form(key: str) -> "Questionnaire":
    """A questionnaire by its key, or in a file."""
    from luotsi.domain.questionnaires.queries.forms import definition

    if Path(key).is_file():
        return _read(Path(key))[0]
    try:
        return definition(key)
    except KeyError:
        raise ValueError(f"there is no questionnaire {key!r}; `luotsi questionnaire list` names them") from None


def _read(path: Path) -> tuple["Questionnaire", list[Any]]:
    from luotsi.base import shelf
    from luotsi.domain.questionnaires.definitions import Questionnaire
    from luotsi.gateways.fhir import questionnaires as fhir

    if path.suffix in {".yaml", ".yml"}:
        return shelf.read(path, Questionnaire), []
    imported = fhir.read(path.read_bytes())
    return imported.form, list(imported.unsupported)


def _answers(place: str, form: "Questionnaire") -> tuple[dict[str, Any], list[str]]:
    from luotsi.gateways.fhir import questionnaires as fhir
    from luotsi.gateways.fhir.questionnaires.reading import parsed
    from luotsi.gateways.fhir.questionnaires.responses import MOST_BYTES

    data = parsed(sys.stdin.read() if place == "-" else Path(place).read_bytes(), most=MOST_BYTES)
    if data.get("resourceType") is None:
        return dict(data), []
    read = fhir.read_response(data, form)
    return read.answers, [str(one) for one in read.unsupported]


def _as_json(state: "State") -> dict[str, Any]:
    scores = {
        key: {"value": None if one.value is None else float(one.value), "band": one.band.key if one.band else ""}
        | {"missing": list(one.missing)}
        for key, one in state.scores.items()
    }
    return {
        "questionnaire": state.form.key,
        "version": state.form.version,
        "scores": scores,
        "outcomes": [one.key for one in state.outcomes],
        "dangers": list(state.dangers),
        "problems": {name: problem.kind for name, problem in state.problems.items()},
        "answers": state.answers,
    }


def _say(args: argparse.Namespace, data: Any, lines: list[str], code: int = 0) -> int:
    print(json.dumps(data, ensure_ascii=False, indent=2, default=str) if args.json else "\n".join(lines))
    return code


_JOBS = {
    "list": _list,
    "export": _export,
    "check": _check,
    "import": _import,
    "score": _score,
    "rebuild": _rebuild,
}
