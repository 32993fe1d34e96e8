"""A bell: who waits for work hears at once that there is some, and looks by himself now and then in any case."""

import asyncio


class Bell:
    """Rung by who brings work, heard by who does it."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """There is work."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Until it rings, or so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            pass
        self._event.clear()


class Chime(Bell):
    """One ring that several hear."""

    def __init__(self, *bells: Bell) -> None:
        super().__init__()
        self.bells = bells

    def ring(self) -> None:
        """There is work for all of them."""
        for bell in self.bells:
            bell.ring()
