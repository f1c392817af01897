"""An application with a bug, for ``python -m uvicorn``: what does its traceback tell?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from libs.common.http import RequestLog
from libs.common.http.error_handlers import add_error_handlers
from libs.common.logs.logging import configure_logging


@asynccontextmanager
async def _lifespan(_app: FastAPI) -> AsyncIterator[None]:
    configure_logging(log_format="json", level="INFO")
    yield


app = FastAPI(lifespan=_lifespan)
app.add_middleware(RequestLog)
add_error_handlers(app)


@app.get("/points/{prm}")
async def fail(prm: str) -> None:
    raise KeyError(prm)
