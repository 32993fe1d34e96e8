"""Places where the program can be made to die, to prove that it may; nothing happens unless the environment names one.

`QUNBAN_FAILPOINT=sent` kills the process (SIGKILL) when it passes there, `sent:3` at the third time, `sent:1:raise`
raises instead, as a fault of ours would.
"""

import os
import signal

VARIABLE = "QUNBAN_FAILPOINT"
PLACES = {
    "migrating": "the schema is changed, the change is not committed",
    "seeded": "the configuration is in the tables, no task runs yet",
    "fetched": "updates came, they are not in the inbox",
    "stored": "updates are in the inbox, Telegram does not know that we have them",
    "working": "an arrival of a batch is done, the others are not",
    "written": "the whole batch is written, the change is not committed",
    "committed": "the batch is committed, the courier was not called",
    "due": "a due job is done, the change is not committed",
    "claimed": "outbox rows are claimed, none is sent",
    "sent": "Telegram has it, nobody wrote it down",
    "marking": "what was sent is written down, the change is not committed",
    "marked": "what was sent is on disk",
    "packed": "a backup is packed, it is neither read back nor at its place",
    "recovered": "what a killed program left half sent is settled, nothing is sent",
}


class Struck(RuntimeError):  # noqa: N818 - it is asked for, not an error of the program
    """The failpoint that was to raise."""


class Failpoint:
    """One armed place, or none."""

    def __init__(self, armed: str = "") -> None:
        name, _, rest = armed.partition(":")
        number, _, self._kind = rest.partition(":")
        if name and (name not in PLACES or not (number or "1").isdecimal() or self._kind not in {"", "raise"}):
            raise ValueError(f"{VARIABLE}={armed} is not understood; places: {', '.join(PLACES)}")
        self._name, self._left = name, int(number or 1)

    def passing(self, name: str) -> None:
        """The program passes a place."""
        if name != self._name:
            return
        self._left -= 1
        if self._left == 0:
            self._strike()

    def _strike(self) -> None:
        if self._kind == "raise":
            raise Struck(self._name)
        os.kill(os.getpid(), signal.SIGKILL)


passing = Failpoint(os.environ.get(VARIABLE, "")).passing
