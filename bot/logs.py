"""Logs: one JSON line an event; nothing secret and nothing personal passes."""

import logging
import sys
from collections.abc import Iterable
from typing import Any

import structlog

from bot.errors import TOKEN
from bot.settings import Settings
from texts.masking import mask


def set_up(settings: Settings) -> None:
    """Structured lines on stderr; tokens are struck out wherever they stand, what is personal is masked."""
    secrets = [s.get_secret_value() for s in (settings.token, settings.webhook_secret, settings.llm_key) if s]
    secrets += settings.geocoder_keys.values()
    url = settings.database.split("@")[0].rsplit(":", 1)[-1] if "@" in settings.database else ""
    hidden = [secret for secret in (*secrets, url) if secret]

    def strike(_logger: Any, _name: str, event: Any) -> Any:
        return {key: fit(value, hidden) if isinstance(value, str) else value for key, value in event.items()}

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            strike,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    for chatty in ("aiohttp", "aiosqlite", "sqlalchemy"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def fit(words: str, hidden: Iterable[str] = ()) -> str:
    """Words as they may stand in a log, or in a table as the reason why something failed."""
    for secret in hidden:
        words = words.replace(secret, "***")
    return TOKEN.sub("***", mask(words))
