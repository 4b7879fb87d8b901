"""`make bench`: every figure, one script after the other, on the demonstration county."""

import subprocess
import sys
from pathlib import Path

ORDER = ["setup", "pages", "find", "facts", "clocks", "indicators", "log", "access", "bookings"]


def main() -> int:
    """Run the scripts; answers 1 when one of them could not be run. A slow figure fails nothing."""
    known = {path.stem for path in Path(__file__).parent.glob("[a-z]*.py")}
    failed = []
    for name in [*ORDER, *sorted(known - set(ORDER))]:
        print(f"\n== {name} ==", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"could not be run: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
