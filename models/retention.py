"""How long what is kept; days, by kind of data (config.yaml's block `retention`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Retention:
    """Days. The defaults: 个人信息保护法 art. 19 (no longer than needed), two years in which fines are possible."""

    raw_days: int = 7
    dead_days: int = 30
    talk_days: int = 7
    ticket_days: int = 730
    case_days: int = 3650
    outbox_days: int = 30
    advice_days: int = 30
    answer_days: int = 90
    history_days: int = 1095

    def before(self, kind: str, now: datetime) -> datetime:
        """What of this kind is older than that goes."""
        days: int = getattr(self, f"{kind}_days")
        return now - timedelta(days=days)
