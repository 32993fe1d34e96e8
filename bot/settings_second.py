"""The block `second_reader` of the configuration; its key comes from QUNBAN_LLM_KEY alone."""

from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

OURS = {"model", "messages", "response_format", "temperature", "max_tokens", "stream"}


class SecondReader(BaseModel):
    """A server of OpenAI's chat completions that is asked where the local reader is unsure; without `url` it is off."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = ""
    model: str = ""
    timeout_seconds: float = Field(8, gt=0, le=60)
    budget_a_day: int = Field(500, ge=0)
    unsure_from: float = Field(0.1, ge=0, le=1)
    unsure_to: float = Field(0.75, ge=0, le=1)
    at_once: int = Field(2, ge=1, le=16)
    wait_seconds: float = Field(60, gt=0, le=600)
    rest_after: int = Field(5, ge=1)
    rest_seconds: float = Field(60, gt=0, le=3600)
    extra: dict[str, Any] = {}

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        return checked_address(value, "second_reader.url") if value else value

    @field_validator("extra")
    @classmethod
    def _not_ours(cls, value: dict[str, Any]) -> dict[str, Any]:
        if taken := sorted(OURS & set(value)):
            raise ValueError(f"second_reader.extra 里不能写 {taken[0]}：它由程序自己填，请删掉它")
        return value

    @model_validator(mode="after")
    def _whole(self) -> "SecondReader":
        if self.url and not self.model:
            raise ValueError("second_reader 写了 url，还要写 model（服务器上模型的名字，例如 qwen3-32b）")
        if self.unsure_from > self.unsure_to:
            raise ValueError("second_reader.unsure_from 大于 unsure_to，请写得比它小")
        return self


def checked_address(value: str, key: str) -> str:
    """The address without its last stroke. Raises ValueError with a sentence that names `key`."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ValueError(f"{key} 的地址不完整，请写 http://127.0.0.1:8000/v1 这样的地址")
    if "@" in parts.netloc:
        raise ValueError(f"{key} 里不能写口令，请把它放进环境变量 QUNBAN_LLM_KEY")
    return value.rstrip("/")


def checked_key(value: SecretStr | None) -> SecretStr | None:
    """A key that fits into a header. Raises ValueError."""
    if value is not None and not (value.get_secret_value().isascii() and value.get_secret_value().isprintable()):
        raise ValueError("环境变量 QUNBAN_LLM_KEY 里有不能用的字符，请重新复制密钥")
    return value
