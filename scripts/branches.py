"""Branches alone: `coverage` counts lines and branches together, the promise is about branches."""

import json
import sys
from pathlib import Path

PROMISED = 92.0
"""Per cent, as pyproject.toml asks of both together."""


def share(report: Path) -> float:
    """Per cent of the branches that were taken, by a report of `coverage json`."""
    totals = json.loads(report.read_text(encoding="utf-8"))["totals"]
    return 100 * float(totals["covered_branches"]) / float(totals["num_branches"])


def main() -> int:
    """1 where it is less than promised."""
    found = share(Path(sys.argv[1]))
    print(f"branches: {found:.1f} % of them taken, {PROMISED:g} % promised")
    return int(found < PROMISED)


if __name__ == "__main__":
    sys.exit(main())
