"""The triggers that take pages out of the daybook: a ticket that comes, changes or goes touches up to eight days."""

STAMPS = ("opened_at", "resolved_at", "closed_at", "deadline_at")


def triggers(dialect: str) -> list[str]:
    """The statements that make them."""
    if dialect == "postgresql":
        old, new = (_days(row, "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD')") for row in ("OLD", "NEW"))
        body = (
            f"IF TG_OP <> 'INSERT' THEN {_stale(old)}; END IF; "
            f"IF TG_OP <> 'DELETE' THEN {_stale(new)}; END IF; RETURN NULL;"
        )
        fires = "CREATE TRIGGER figure_day_stale AFTER INSERT OR UPDATE OR DELETE ON ticket "
        return [
            f"CREATE FUNCTION figure_day_stale() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
            fires + "FOR EACH ROW EXECUTE FUNCTION figure_day_stale()",
        ]
    old, new = (_days(row, "substr({}, 1, 10)") for row in ("OLD", "NEW"))
    told = {"INSERT": new, "UPDATE": f"{old}, {new}", "DELETE": old}
    return [
        f"CREATE TRIGGER figure_day_stale_{verb.lower()} AFTER {verb} ON ticket BEGIN {_stale(days)}; END"
        for verb, days in told.items()
    ]


def _days(row: str, shape: str) -> str:
    return ", ".join(shape.format(f"{row}.{at}") for at in STAMPS)


def _stale(days: str) -> str:
    return f"DELETE FROM figure_day WHERE day IN ({days})"  # noqa: S608 - our own words
