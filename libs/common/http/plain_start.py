"""Says in a sentence why a process does not start, where the cause is a setting."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class DoesNotStart(Exception):  # noqa: N818 - a sentence for those who run it
    """A setting with which the process cannot work; the message says which, and what to do."""


class PlainStart:
    """ASGI middleware: the sentence of DoesNotStart, and not the way to it, reaches the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return

        async def send_plainly(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed":
                refusal = getattr(scope["app"].state, "start_refusal", None)
                message = {**message, "message": refusal or message["message"]}
            await send(message)

        await self._app(scope, receive, send_plainly)
