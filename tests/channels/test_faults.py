"""What Telegram's errors mean for sending."""

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from channels.telegram.faults import PAUSE, TOKEN_PAUSE, outcome_of
from channels.telegram.request import AnswerLost, NotSent
from models.outgoing import End

ENDS: list[tuple[TelegramError, End, float]] = [
    (NotSent("ClientConnectorError"), End.RETRY, PAUSE),
    (AnswerLost("ServerDisconnectedError"), End.UNKNOWN, PAUSE),
    (TimedOut(), End.UNKNOWN, PAUSE),
    (NetworkError("Bad Gateway"), End.UNKNOWN, PAUSE),
    (NetworkError("Internal Server Error"), End.UNKNOWN, PAUSE),
    (NetworkError("Too Many Requests: retry later"), End.RETRY, TOKEN_PAUSE),
    (TelegramError("Invalid server response"), End.UNKNOWN, PAUSE),
    (Conflict("Conflict: terminated by other getUpdates request"), End.UNKNOWN, PAUSE),
    (InvalidToken(), End.RETRY, TOKEN_PAUSE),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), End.SHUT, 0),
    (Forbidden("Forbidden: bot was blocked by the user"), End.SHUT, 0),
    (BadRequest("Message is not modified: specified new message content is exactly the same"), End.SENT, 0),
    (BadRequest("Message to edit not found"), End.GONE, 0),
    (BadRequest("Message can't be edited"), End.GONE, 0),
    (BadRequest("Message to delete not found"), End.GONE, 0),
    (BadRequest("Message can't be deleted for everyone"), End.GONE, 0),
    (BadRequest("Query is too old and response timeout expired or query id is invalid"), End.GONE, 0),
    (BadRequest("Not enough rights to send text messages to the chat"), End.SHUT, 0),
    (BadRequest("Not enough rights to send photos to the chat"), End.FAILED, 0),
    (BadRequest("Have no rights to send a message"), End.SHUT, 0),
    (BadRequest("CHAT_WRITE_FORBIDDEN"), End.SHUT, 0),
    (BadRequest("Chat not found"), End.SHUT, 0),
    (BadRequest("Message is too long"), End.FAILED, 0),
    (BadRequest("BUTTON_DATA_INVALID"), End.FAILED, 0),
]


@pytest.mark.parametrize(("error", "end", "after"), ENDS, ids=lambda value: str(value)[:50])
def test_every_error_has_its_end(error: TelegramError, end: End, after: float) -> None:
    """Only what surely was not sent is tried again; what may have been is unknown."""
    outcome = outcome_of(error)
    assert (outcome.end, outcome.after) == (end, after)
    assert outcome.why


@pytest.mark.parametrize("after", [7, timedelta(seconds=7)])
def test_flood_wait_says_when(after: int | timedelta) -> None:
    """In seconds, however the library gives it."""
    outcome = outcome_of(RetryAfter(after))
    assert (outcome.end, outcome.after) == (End.RETRY, 7.0)


def test_moved_group_says_where() -> None:
    """The new id as a string."""
    outcome = outcome_of(ChatMigrated(-1009))
    assert (outcome.end, outcome.chat) == (End.MOVED, "-1009")


def test_token_is_in_no_outcome() -> None:
    """Whatever the library puts into its error, a refused token is not repeated."""
    assert "8721:secret" not in outcome_of(InvalidToken("The token `8721:secret` was rejected")).why
