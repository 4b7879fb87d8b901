"""`luotsi tick`: once round the clocks, the reactions and the notices."""

import argparse
import json

NAME = "tick"
HELP = "read the clocks that may have changed, react to what happened, send what waits; once"
needs_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    from luotsi.config.rounds import once

    done = once()
    if args.json:
        print(json.dumps(done))
    else:
        from luotsi.domain.messaging.queries import outgoing

        print(
            f"clocks changed {done['clocks']}, events reacted to {done['events']}, "
            f"notices sent {done['sent']}, not sent {done['not_sent']}"
        )
        if why := outgoing().last_error:
            print(why)
    return 0
