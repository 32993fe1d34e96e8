"""The 721 way: seven parts service, two management, one enforcement; what the shares of a period honestly say."""

from models.words import Means
from texts.speaking import tell
from texts.words import MEANS, joined

TARGET = {Means.SERVICE: 70, Means.MANAGEMENT: 20, Means.ENFORCEMENT: 10}
"""In per cent."""
FEW = 10
"""Of fewer tickets no share says much."""


def seven_two_one(n: dict[str, int]) -> str:
    """The shares of the three means beside 70/20/10, and what they honestly say."""
    total = n["with_means"]
    if not total:
        return tell("seven-none")
    shares = {means: 100 * n[means] / total for means in Means}
    shown = " · ".join(f"{MEANS[means]} {round(share)}%" for means, share in shares.items())
    honest = joined(_short_of(shares)) or tell("seven-met")
    honest = tell("seven-few", n=total) if total < FEW else honest
    return tell("seven-shares", shares=shown, honest=honest)


def _short_of(shares: dict[Means, float]) -> list[str]:
    """Too little service, too much enforcement, by whole points; what is less than half a point is neither."""
    short = round(TARGET[Means.SERVICE] - shares[Means.SERVICE])
    over = round(shares[Means.ENFORCEMENT] - TARGET[Means.ENFORCEMENT])
    told = [tell("seven-short", n=short)] if short > 0 else []
    return [*told, tell("seven-over", n=over)] if over > 0 else told
