"""What Telegram's errors mean for sending (research: which exceptions prove that nothing was sent)."""

import os
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from channels.telegram.request import NotSent
from models.outgoing import End, Outcome

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns at every look at `retry_after`
PAUSE = 2.0
TOKEN_PAUSE = 30.0
WORDS = (
    ("message is not modified", End.SENT),
    ("message to edit not found", End.GONE),
    ("message can't be edited", End.GONE),
    ("message to delete not found", End.GONE),
    ("message can't be deleted", End.GONE),
    ("query is too old", End.GONE),
    ("query id is invalid", End.GONE),
    *((f"rights to send {media}", End.FAILED) for media in ("photos", "videos", "documents", "voice")),
    ("not enough rights", End.SHUT),
    ("have no rights", End.SHUT),
    ("chat_write_forbidden", End.SHUT),
    ("chat not found", End.SHUT),
)


def asked_to_wait(error: TelegramError) -> float:
    """Seconds that Telegram asks us to wait; 0 where it asks nothing."""
    if not isinstance(error, RetryAfter):
        return 0.0
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def outcome_of(error: TelegramError) -> Outcome:  # noqa: PLR0911 - one return an end
    """The end that an error stands for."""
    text = str(error).lower()
    match error:
        case RetryAfter():
            return Outcome(End.RETRY, after=asked_to_wait(error), why=text)
        case ChatMigrated():
            return Outcome(End.MOVED, chat=str(error.new_chat_id), why=text)
        case Forbidden():
            return Outcome(End.SHUT, why=text)
        case InvalidToken() | EndPointNotFound():
            return Outcome(End.RETRY, after=TOKEN_PAUSE, why="the token was refused")
        case NotSent():
            return Outcome(End.RETRY, after=PAUSE, why=text)
        case BadRequest():
            return Outcome(next((end for words, end in WORDS if words in text), End.FAILED), why=text)
        case NetworkError() if "too many requests" in text:
            return Outcome(End.RETRY, after=TOKEN_PAUSE, why=text)
        case _:
            return Outcome(End.UNKNOWN, after=PAUSE, why=text)
