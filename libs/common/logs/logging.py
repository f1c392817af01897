"""Structured logs that never contain a PRM or an IBAN, whatever the caller does."""

import logging
import os
import re
import socket
import sys
from functools import partial
from typing import Any

import structlog

from libs.common.logs.repeats import RepeatLimit

_PRM = re.compile(r"(?<!\d)\d{14}(?!\d)")
# ISO 13616: country, check digits, 11 to 30 characters, in groups of four or not.
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)")


def configure_logging(*, log_format: str, level: str) -> None:
    """Send our events and the libraries' through one chain, to stderr."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide_prms,
    ]
    if log_format == "json":
        shared.insert(0, partial(_name_instance, instance=f"{socket.gethostname()}/{os.getpid()}"))
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.addFilter(RepeatLimit())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    _restrain_libraries()


def _restrain_libraries() -> None:
    """Send the libraries' logs through our chain, and keep paths and SQL out of them."""
    # uvicorn's command line adds handlers of its own: tracebacks, which hold PRMs, would bypass our
    # chain.
    for name in ("uvicorn", "uvicorn.error", "uvicorn.asgi"):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
        logger.setLevel(logging.NOTSET)
    # Access lines hold paths, and paths hold PRMs: libs/common/http logs routes instead.
    logging.getLogger("uvicorn.access").handlers = []
    logging.getLogger("uvicorn.access").propagate = False
    # These log each request with its URL, each answer's headers, which may hold cookies, each
    # migration, each rebalance.
    for talkative in ("httpx", "httpcore", "alembic", "aiokafka"):
        logging.getLogger(talkative).setLevel(logging.WARNING)


def _name_instance(
    _logger: object, _method: str, event: structlog.typing.EventDict, *, instance: str
) -> structlog.typing.EventDict:
    """Tell two processes of one service apart, where their lines are collected."""
    return {**event, "instance": instance}


def hide_prms(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Replace every run of exactly 14 digits, and every IBAN, at any depth: personal data."""
    # structlog's own entries (_record …) are objects that the renderer never prints.
    return {
        name: value if name.startswith("_") else _hidden(value) for name, value in event.items()
    }


def _hidden(value: Any) -> Any:  # noqa: ANN401 - log values are anything
    if isinstance(value, str):
        return _replaced(value)
    if isinstance(value, dict):
        return {_hidden(name): _hidden(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden(inner) for inner in value]
    if value is None or isinstance(value, bool | float):
        return value
    # The renderer would print the rest by its repr, an exception with its arguments.
    text = repr(value)
    hidden = _replaced(text)
    return value if hidden == text else hidden


def _replaced(text: str) -> str:
    # The IBAN first: it may hold 14 digits in a row.
    return _PRM.sub("[prm]", _IBAN.sub("[iban]", text))
