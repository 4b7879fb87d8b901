"""`luotsi docs`: the reference pages, written from the code and the shelf so that they cannot grow old."""

import argparse
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

NAME = "docs"
HELP = "write docs/reference/ anew from the code and the shelf; --check only says what is stale"
needs_database = True
ROOT = Path(__file__).parents[2]
HEAD = "<!-- Written by `luotsi docs`. Do not edit: change its source and run `make docs`. -->\n\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a page is stale")


def run(args: argparse.Namespace) -> int:
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text() != text]
    if args.check:
        for path in stale:
            print(f"luotsi: {path.relative_to(ROOT)} is stale; run `make docs`", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages()[path])
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


def pages() -> dict[Path, str]:
    """Every generated page: its path and its text."""
    writers: dict[str, Callable[[], str]] = {
        "clocks": _clocks,
        "clock-stories": _clock_stories,
        "permissions": _permissions,
        "systems": _systems,
        "commands": _commands,
        "indicators": _indicators,
        "data-map": _data_map,
        "questionnaires": _questionnaires,
    }
    return {ROOT / "docs/reference" / f"{name}.md": HEAD + write() + "\n" for name, write in writers.items()}


def _clocks() -> str:
    from luotsi.domain.clocks.queries import clocks_page

    return clocks_page("en").strip()


def _clock_stories() -> str:
    from luotsi.domain.clocks.queries import stories_page

    return stories_page("en").strip()


def _permissions() -> str:
    from luotsi.cli._permissions import permissions

    return permissions()


def _data_map() -> str:
    from luotsi.cli._data_map import page

    return page()


def _questionnaires() -> str:
    from luotsi.cli._questionnaires import page

    return page()


def _systems() -> str:
    systems = tomllib.loads((ROOT / "systems.toml").read_text())["system"]
    rows = ["| id | system | room | state | note |", "|--|--|--|--|--|"]
    rows += [f"| {s['id']} | {s['name']} | {s['room']} | {s['state']} | {s.get('note', '')} |" for s in systems]
    return "# The seventy systems and their state\n\n" + "\n".join(rows)


def _commands() -> str:
    from luotsi.cli import commands

    lines = ["# Commands", ""]
    for command in commands():
        parser = argparse.ArgumentParser(prog=f"luotsi {command.NAME}", description=command.HELP, formatter_class=_Wide)
        command.add_arguments(parser)
        lines += [f"## luotsi {command.NAME}", "", "```", parser.format_help().strip(), "```", ""]
    return "\n".join(lines).strip()


def _indicators() -> str:
    from luotsi.domain.indicators.definitions import indicators

    lines = ["# Indicators", ""]
    for one in indicators().values():
        lines += [f"## {one.name.en}", "", f"`{one.key}` · {one.name.fi} · {one.name.sv}", "", one.meaning.en, ""]
    return "\n".join(lines).strip()


class _Wide(argparse.HelpFormatter):
    """The same width on every machine."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=100, max_help_position=32)
