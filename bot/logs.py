"""Logs: one JSON line an event; nothing secret passes."""

import logging
import sys
from typing import Any

import structlog

from bot.errors import TOKEN
from bot.settings import Settings
from texts.page import masked


def set_up(settings: Settings) -> None:
    """Structured lines on stderr; tokens, telephone and identity numbers are struck out wherever they stand."""
    secrets = [s.get_secret_value() for s in (settings.token, settings.webhook_secret, settings.llm_key) if s]
    secrets += settings.geocoder_keys.values()
    url = settings.database.split("@")[0].rsplit(":", 1)[-1] if "@" in settings.database else ""
    hidden = [secret for secret in (*secrets, url) if secret]

    def strike(_logger: Any, _name: str, event: Any) -> Any:
        return {key: _struck(value, hidden) if isinstance(value, str) else value for key, value in event.items()}

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


def _struck(words: str, hidden: list[str]) -> str:
    for secret in hidden:
        words = words.replace(secret, "***")
    return TOKEN.sub("***", masked(words))
