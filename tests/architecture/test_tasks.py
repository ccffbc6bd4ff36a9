"""What is queued is known to the worker."""

import ast
from collections.abc import Iterator
from pathlib import Path

from geo_service.later.registry import KNOWN
from geo_service.worker import known

PACKAGE = Path(known.__file__).parents[1]


def queued(source: str) -> Iterator[str]:
    """The names that calls of `later.queue` spell out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "later.queue":
            yield from (
                argument.value
                for argument in node.args[1:2]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )


def test_the_worker_knows_every_package_that_has_tasks() -> None:
    rooms = [*PACKAGE.glob("*/tasks.py"), *PACKAGE.glob("*/tasks/__init__.py")]
    packages = {path.relative_to(PACKAGE).parts[0] for path in rooms}
    assert packages == set(known.__all__)


def test_whatever_is_queued_has_a_task() -> None:
    sources = [path.read_text() for path in PACKAGE.rglob("*.py")]
    names = {name for source in sources for name in queued(source)}
    assert names
    assert names <= set(KNOWN)


def test_a_name_in_a_call_is_found() -> None:
    assert list(queued("later.queue(session, 'a.b', {}, key=key); other.queue(s, 'c.d')")) == [
        "a.b"
    ]


def test_a_task_belongs_to_the_package_that_it_is_named_for() -> None:
    for name, task in KNOWN.items():
        assert task.effect.__module__.startswith(f"geo_service.{name.partition('.')[0]}.tasks")
