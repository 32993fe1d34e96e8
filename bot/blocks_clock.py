"""The blocks of config.yaml that the clock runs by: hours, shifts, limits, digests, who hears of a deadline."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot import clocks
from models.terms import BUREAU_AT, LEAD_AT
from models.worktime import parse_limit


class Part(BaseModel):
    """A block of the file; keys it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Digests(Part):
    """At what hour which digest comes, `off` where it does not; and what they are of, where not of all."""

    daily: str | bool = "18:00"
    weekly: str | bool = "08:00"
    monthly: str | bool = "08:00"
    squad: str | None = None
    street: str | None = None

    _hours = field_validator("daily", "weekly", "monthly", mode="before")(clocks.hour_or_off)


class ShiftEntry(Part):
    """Hours of their own: an evening shift, the sanitation crews' mornings."""

    name: str = Field(min_length=1)
    periods: list[str] = Field(min_length=1)
    days: Literal["working", "every"] | list[int] = "working"

    _periods = field_validator("periods")(clocks.checked)

    @field_validator("days")
    @classmethod
    def _days(cls, value: str | list[int]) -> str | list[int]:
        return value if isinstance(value, str) else clocks.weekdays(value)


class Hours(Part):
    """When the bureau works, for limits in working hours and days."""

    periods: list[str] = ["08:00-12:00", "14:00-18:00"]
    hours_a_day: float = Field(8, gt=0, le=24)
    weekend: list[int] = [6, 7]
    holidays: Literal["china", "none"] = "china"
    calendar: str = ""
    shifts: list[ShiftEntry] = []
    squads: dict[str, str] = {}

    _periods = field_validator("periods")(clocks.by_day)
    _weekend = field_validator("weekend")(clocks.weekdays)

    @model_validator(mode="after")
    def _shifts_named(self) -> "Hours":
        names = [shift.name for shift in self.shifts]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"hours.shifts 里的“{twice}”写了两次，请删掉一条")
        if lost := next((name for name in self.squads.values() if name not in names), None):
            raise ValueError(f"hours.squads 里的班次“{lost}”不在 hours.shifts 里，请补上或改名")
        return self


class LimitEntry(Part):
    """How long a matter may take, for its conditions too, and by whose hours."""

    limit: str | None = None
    conditions: dict[str, str] = {}
    shift: str | None = None

    @model_validator(mode="after")
    def _readable(self) -> "LimitEntry":
        for words in (self.limit, *self.conditions.values()):
            if words is not None:
                parse_limit(words)
        return self


class Escalation(Part):
    """Who hears when of a deadline, and when nobody is disturbed."""

    quiet: str | bool = "22:00-07:00"
    bureau: int | None = None
    lead_at: float = Field(LEAD_AT, ge=1.1, le=100)
    bureau_at: float = Field(BUREAU_AT, ge=1.1, le=100)

    _quiet = field_validator("quiet", mode="before")(clocks.span_or_off)

    @model_validator(mode="after")
    def _one_after_the_other(self) -> "Escalation":
        if self.lead_at >= self.bureau_at:
            said = f"escalation.lead_at（{self.lead_at:g}倍报队长）要小于"
            raise ValueError(f"{said} escalation.bureau_at（{self.bureau_at:g}倍报局里）")
        return self
