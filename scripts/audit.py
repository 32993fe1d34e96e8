"""Are faults known in what the program needs? The package index is asked; where it does not answer, that is said.

`python -m scripts.audit` ends with 1 only where a fault is known: a machine without a network is no fault of the code.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parent.parent / "requirements" / "run.txt"
ASK = [
    sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "-r", str(LOCK), "--format", "json",
    "--progress-spinner", "off", "--timeout", "10",
]  # fmt: skip
PATIENCE = 120.0


def known(answer: str) -> list[str] | None:
    """A line for each known fault; None where this is no answer, or where nothing could be looked up."""
    try:
        told: dict[str, Any] = json.loads(answer)
    except ValueError:
        return None
    if all("skip_reason" in one for one in told["dependencies"]):
        return None
    return [
        f"{one['name']} {one['version']}：{fault['id']}，修复于 {'、'.join(fault['fix_versions']) or '（还没有）'}"
        for one in told["dependencies"]
        for fault in one.get("vulns", ())
    ]


def main() -> int:
    """Ask, and say what came back."""
    try:
        asked = subprocess.run(ASK, capture_output=True, text=True, timeout=PATIENCE, check=False)
        found, why = known(asked.stdout), asked.stderr.strip().rpartition("\n")[2]
    except subprocess.TimeoutExpired:
        found, why = None, f"{PATIENCE:g}秒没有应答"
    if found is None:
        print(f"已知漏洞没有查：软件包索引没有应答（{why[:200]}）。有网时再跑一次 make lint")
        return 0
    print("\n".join(["依赖里有已知漏洞：", *found]) if found else "依赖里没有已知漏洞")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
