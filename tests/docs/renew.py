"""`python -m tests.docs.renew`: writes the diagram and the table of moves into docs/flow.md anew."""

from tests.docs.written import FLOW, renewed


def main() -> None:
    """Read, renew, write."""
    FLOW.write_text(renewed(FLOW.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
