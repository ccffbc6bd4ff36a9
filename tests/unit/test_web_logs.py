"""What reaches standard error: names of code, never values."""

import json
import subprocess
import sys

import pytest

PLACE = "35.1407,126.7988"

PROGRAM = f"""
import asyncio, logging
from geo_service.web.logs import start_logging

start_logging("{{form}}")
log = logging.getLogger("uvicorn.error")

def break_down():
    raise ValueError("{PLACE}")

try:
    break_down()
except ValueError as error:
    log.error("Exception in ASGI application\\n", exc_info=error)
    logging.getLogger("psycopg.pool").exception("error connecting in %r: %s", "pool", error)
log.warning("ASGI callable returned %s", "{PLACE}")
log.info("GET /?at=%s", "{PLACE}")

async def forget():
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task

async def fail():
    break_down()

asyncio.run(forget())
"""


def logged(form: str) -> str:
    """What libraries and the event loop made of it, in a process of its own."""
    program = PROGRAM.format(form=form)
    command = [sys.executable, "-c", program]
    told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout == ""
    return told.stderr


@pytest.mark.parametrize("form", ["json", "text"])
def test_libraries_quote_nothing(form: str) -> None:
    told = logged(form)
    assert PLACE not in told
    assert "Traceback" not in told
    assert told.count("ValueError") == 3


def test_libraries_say_what_broke_and_where() -> None:
    lines = [json.loads(line) for line in logged("json").splitlines()]
    assert [(line["by"], line["event"]) for line in lines] == [
        ("uvicorn.error", "Exception in ASGI application"),
        ("psycopg.pool", "error connecting in %r: %s"),
        ("uvicorn.error", "ASGI callable returned %s"),
        ("asyncio", "Task exception was never retrieved"),
    ]
    assert lines[0]["level"] == "error"
    assert lines[0]["error"] == "ValueError"
    assert any("break_down" in frame for frame in lines[0]["trace"])
