"""The command line. Each command is one file here with NAME, HELP, add_arguments(parser) and run(args) -> int."""

import argparse
import importlib
import os
import pkgutil
import sys
import warnings
from types import ModuleType


def main(argv: list[str] | None = None) -> int:
    """Run a command; answers the exit code (0 done, 1 could not, 2 asked wrongly)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR.*")
    parser = argparse.ArgumentParser(prog="luotsi", description="One record, many readings.")
    choices = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands():
        sub = choices.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.add_arguments(sub)
        sub.set_defaults(command_module=command)
    arguments = parser.parse_args(argv)
    try:
        if arguments.command_module.needs_database:
            _open_database()
        return int(arguments.command_module.run(arguments) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:
        if os.environ.get("LUOTSI_LOG") == "DEBUG":
            raise
        return _say_why(error)


def commands() -> list[ModuleType]:
    """Every command, by the name of its file."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return [module for module in modules if hasattr(module, "NAME")]


def _open_database() -> None:
    import django

    django.setup()


def _say_why(error: Exception) -> int:
    """One sentence for the person at the keyboard; the trace with LUOTSI_LOG=DEBUG."""
    words = str(error).strip().splitlines()
    print(f"luotsi: {words[0] if words else type(error).__name__}", file=sys.stderr)
    if type(error).__name__ == "OperationalError":
        own = "DATABASE_URL names the server" if os.environ.get("DATABASE_URL") else "no DATABASE_URL is set"
        print(f"luotsi: the database did not answer; {own}: mend it, or unset it for the embedded one", file=sys.stderr)
    print("luotsi: the full trace: set LUOTSI_LOG=DEBUG and run again", file=sys.stderr)
    return 1
