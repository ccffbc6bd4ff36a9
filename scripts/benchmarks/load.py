"""Asking over HTTP, many at once: `wrk`, in rounds in which every door has its turn."""

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from scripts.benchmarks.candidates import Question
from scripts.benchmarks.servers import Door

MOST_REQUESTS = 40_000
"""In one turn, so that a fast door does not go on for long."""

_SCRIPT = Path(__file__).with_name("places.lua")
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass
class Turns:
    """What one door did at one concurrency, turn by turn."""

    per_s: list[float] = field(default_factory=list)
    p50_ms: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)
    service_us: list[float] = field(default_factory=list)
    """Time of the serving process on a processor, for each request."""

    store_us: list[float] = field(default_factory=list)
    """The same, of its database."""

    bytes: list[float] = field(default_factory=list)
    failed: int = 0


Measured = dict[int, dict[str, Turns]]
"""By concurrency and by name of the door."""


class Plan(NamedTuple):
    """How long is measured."""

    concurrencies: Sequence[int]
    rounds: int
    seconds: int
    """One turn of one door."""


FULL = Plan((1, 16, 64), rounds=9, seconds=2)
QUICK = Plan((16,), rounds=3, seconds=1)


def measure(
    doors: Sequence[Door],
    questions: Sequence[Question],
    home: Path,
    plan: Plan,
    say: Callable[[str], None],
) -> Measured:
    """ABAB…: every round asks every door from the same places, each round from others."""
    for n, door in enumerate(doors):
        (home / f"paths-{n}.txt").write_text("\n".join(map(door.path, questions)) + "\n")
        _wrk(door, home / f"paths-{n}.txt", first=0, concurrency=64, seconds=2)
    measured: Measured = {
        many: {door.name: Turns() for door in doors} for many in plan.concurrencies
    }
    for many in plan.concurrencies:
        for turn in range(plan.rounds):
            first = turn * len(questions) // plan.rounds
            for n, door in enumerate(doors):
                before = _spent(door.workers())
                said = _wrk(door, home / f"paths-{n}.txt", first, many, plan.seconds)
                service, *store = _worked_s(before, _spent(door.workers()))
                _note(measured[many][door.name], said, service, sum(store))
            say(f"HTTP at concurrency {many}: round {turn + 1} of {plan.rounds}")
    return measured


def _note(turns: Turns, said: dict[str, float], service_s: float, store_s: float) -> None:
    answered = max(said["requests"], 1)
    turns.per_s.append(said["requests"] / (said["microseconds"] / 1e6))
    turns.p50_ms.append(said["p50"] / 1e3)
    turns.p99_ms.append(said["p99"] / 1e3)
    turns.service_us.append(service_s * 1e6 / answered)
    turns.store_us.append(store_s * 1e6 / answered)
    turns.bytes.append(said["bytes"] / answered)
    turns.failed += int(said["failed"])


def _wrk(door: Door, paths: Path, first: int, concurrency: int, seconds: int) -> dict[str, float]:
    command = ("wrk", "-t1", f"-c{concurrency}", f"-d{seconds}s", "--timeout", "10s", "-s", _SCRIPT)
    arguments = ("--", paths, first, MOST_REQUESTS)
    done = subprocess.run(
        [str(word) for word in (*command, door.base, *arguments)],
        capture_output=True,
        check=True,
        text=True,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    said: dict[str, float] = json.loads(line.removeprefix("RESULT "))
    return said


def _spent(processes: Sequence[int]) -> dict[int, float]:
    """Seconds that each process, in order, has spent on a processor so far."""
    spent = {}
    for process in processes:
        try:
            words = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
        except FileNotFoundError:  # a connection that was closed meanwhile
            continue
        spent[process] = (int(words[11]) + int(words[12])) * _TICK_S
    return spent


def _worked_s(before: dict[int, float], after: dict[int, float]) -> list[float]:
    return [seconds - before.get(process, 0.0) for process, seconds in after.items()]
