"""geopy's aiohttp adapter with manners: no redirects, no more than a megabyte, no words of an answer in an error."""

import json
import logging
from typing import Any

from aiohttp import ClientResponse, ClientTimeout
from geopy.adapters import AdapterHTTPError, AioHTTPAdapter
from geopy.exc import GeocoderParseError
from yarl import URL

LONGEST = 1 << 20
logging.getLogger("geopy").setLevel(logging.WARNING)  # below that it writes addresses with the key in them


class Adapter(AioHTTPAdapter):  # type: ignore[misc]
    """What every geocoder of ours speaks HTTP through."""

    async def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:  # noqa: ASYNC109 - geopy's form
        """The answer as JSON. Raises geopy's errors."""
        with self._normalize_exceptions():
            async with self._request(url, timeout=timeout, headers=headers) as response:
                await self._raise_for_status(response)
                data = b""
                async for piece in response.content.iter_chunked(1 << 14):
                    data += piece
                    if len(data) > LONGEST:
                        raise GeocoderParseError("an answer without end")
                try:
                    return json.loads(data)
                except ValueError:
                    raise GeocoderParseError("not JSON") from None

    async def _raise_for_status(self, response: ClientResponse) -> None:
        if response.status >= 300:  # noqa: PLR2004 - a redirect is no answer either
            raise AdapterHTTPError(
                f"status {response.status}", status_code=response.status, headers=response.headers, text=""
            )

    def _request(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        return self.session.get(
            URL(url, encoded=True), timeout=ClientTimeout(total=timeout), headers=headers, allow_redirects=False,
            ssl=self.ssl_context or True,
        )  # fmt: skip
