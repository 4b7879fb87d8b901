"""`luotsi manage …`: Django's own commands (migrate, makemigrations, shell)."""

import argparse

NAME = "manage"
HELP = "Django's own commands: migrate, makemigrations, shell, check"
needs_database = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="the command and its arguments")


def run(args: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["luotsi manage", *args.rest])
    return 0
