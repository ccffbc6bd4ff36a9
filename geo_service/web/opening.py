"""Doors are opened as they were written, once below each prefix.

FastAPI's `include_router` takes every door apart again for each prefix, when somebody first comes
by: with a thousand of them, those wait for seconds; and each request is matched twice.
"""

from copy import copy

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import compile_path


def open_doors(app: FastAPI, router: APIRouter, prefix: str = "") -> None:
    """Let `app` answer at the doors of `router`, below `prefix`.

    Each keeps the path it was written with, by which permissions, logs and figures know it.
    """
    for door in router.routes:
        if not isinstance(door, APIRoute):
            raise TypeError(f"{door!r} is no door: extend router.routes by those of a part.")
        opened = copy(door)
        opened.responses = {**app.router.responses, **door.responses}
        opened.path_regex, opened.path_format, opened.param_convertors = compile_path(
            prefix + door.path
        )
        app.router.routes.append(opened)
