"""Structured logs without personal data: no queries, no coordinates, no values in tracebacks."""

import logging
import sys
from collections.abc import MutableMapping
from traceback import extract_tb
from typing import Any

import orjson
import structlog

Event = MutableMapping[str, Any]


def frames_only(_logger: object, _method: str, event: Event) -> Event:
    """A traceback as names of code. The message of an exception may quote what was sent."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        frames = extract_tb(error.__traceback__)
        event["trace"] = [f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in frames]
    return event


class _OfLibraries(logging.Handler):
    """What libraries log, told in our way: their own words, with nothing filled in.

    What they would fill in, and what follows the first line, may quote a request or a row.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        words = str(record.msg).strip().partition("\n")[0]
        error = record.exc_info[1] if record.exc_info else None
        told = {"error": type(error).__name__, "exc_info": error} if error else {}
        structlog.get_logger().log(record.levelno, words, by=record.name, **told)


def start_logging(form: str) -> None:
    """Log to standard error, libraries included: `json` for machines, `text` for people."""
    render: Any = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    if form == "json":
        render = structlog.processors.JSONRenderer(lambda o, **_: orjson.dumps(o))
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            frames_only,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer)
        if form == "json"
        else structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_OfLibraries()], level=logging.WARNING, force=True)
