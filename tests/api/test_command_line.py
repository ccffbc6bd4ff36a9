"""`geo-service` as somebody at a terminal meets it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from urllib.request import urlopen

import pytest

from geo_service.db.embedded import Cluster

COMMAND = (sys.executable, "-m", "geo_service")


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment without anything that would change what the command does."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith("GEO_")}
    return mine | {"GEO_DATA_DIR": str(home), "HOST": "127.0.0.1"} | more


def run(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (our own program)
        [*COMMAND, *words],
        env=surroundings(home, **more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def free_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


@contextmanager
def serving(home: Path, port: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A service of its own group, as a terminal starts it, and the first line it prints."""
    with subprocess.Popen(  # noqa: S603 (our own program)
        [*COMMAND, "serve"],
        env=surroundings(home, PORT=port),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as service:
        assert service.stdout
        try:
            yield service, service.stdout.readline()
        finally:
            with suppress(ProcessLookupError):
                os.killpg(service.pid, signal.SIGTERM)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A data folder that is filled by the first start and used again by the others."""
    with TemporaryDirectory(prefix="geo-serve-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_tells_its_address_serves_and_leaves_nothing_behind(
    home: Path, number: signal.Signals
) -> None:
    port = free_port()
    with serving(home, port) as (service, line):
        assert f"http://127.0.0.1:{port}" in line
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            assert answer.status == 200
            assert "server" not in answer.headers
        assert Cluster.at(home).is_running
        with socket.create_connection(("127.0.0.1", int(port))) as slow:
            slow.sendall(b"GET / HT")  # somebody who never finishes must not keep it alive
            os.killpg(service.pid, number)  # what Ctrl-C does: all that share the terminal
            said, complained = service.communicate(timeout=20)
    assert service.returncode == 0, complained
    assert said == ""
    assert "Traceback" not in complained
    assert not Cluster.at(home).is_running


def test_a_second_one_on_the_same_port_says_so_and_starts_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = run(tmp_path / "var", "serve", PORT=port)
    assert told.returncode == 1
    assert told.stderr.startswith(f"error: Port {port} on 127.0.0.1 is taken")
    assert told.stderr.count("\n") == 1
    assert not (tmp_path / "var").exists()


def test_stopped_while_it_starts_it_leaves_nothing_behind(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 (our own program)
        [*COMMAND, "serve"],
        env=surroundings(tmp_path / "var", PORT=free_port()),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as service:
        assert service.stderr
        assert service.stderr.readline().startswith("· Starting PostgreSQL")
        os.killpg(service.pid, signal.SIGINT)
        said, _ = service.communicate(timeout=30)
    assert service.returncode == 0
    assert said == ""
    assert not Cluster.at(tmp_path / "var").is_running


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"PORT": "eight"}, "PORT: "),
        ({"PORT": "70000"}, "PORT: "),
        ({"HOST": "256.0.0.1"}, "“256.0.0.1” (HOST) is not an address of this machine."),
        ({"HOST": "192.0.2.1"}, "“192.0.2.1” (HOST) is not an address of this machine."),
        ({"GEO_DATABASE_URL": "nonsense"}, "A database is named by a URL"),
        ({"GEO_DATABASE_URL": "sqlite://"}, "A database is named by a URL"),
        (
            {"GEO_DATABASE_URL": "postgresql+psycopg://geo_app:secret@127.0.0.1:9/geo"},
            "The database does not answer",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_plain_sentence(
    tmp_path: Path, environment: dict[str, str], complaint: str
) -> None:
    told = run(tmp_path / "var", "serve", **({"PORT": free_port()} | environment))
    assert told.returncode == 1
    assert complaint in told.stderr
    assert told.stderr.startswith("error: ")
    assert told.stderr.count("\n") == 1
    assert "secret" not in told.stderr


def test_a_data_folder_that_is_a_file_is_one_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    told = run(tmp_path / "var", "serve", PORT=free_port())
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert "error: " in told.stderr


@pytest.mark.parametrize("role", ["geo_owner", "postgres"])
@pytest.mark.usefixtures("engine")
def test_the_service_refuses_to_speak_as_owner_or_superuser(
    cluster: Cluster, tmp_path: Path, role: str
) -> None:
    told = run(tmp_path, "serve", PORT=free_port(), GEO_DATABASE_URL=cluster.url(role))
    assert told.returncode == 1
    assert f"signs in as “{role}”" in told.stderr
    assert told.stderr.count("\n") == 1


def test_the_service_refuses_tables_of_another_day_until_migrated(
    cluster: Cluster, tmp_path: Path
) -> None:
    cluster.create_database("behind")
    app = {"GEO_DATABASE_URL": cluster.url("geo_app", "behind"), "PORT": free_port()}
    owner = {"GEO_OWNER_DATABASE_URL": cluster.url("geo_owner", "behind")}
    refused = run(tmp_path, "serve", **app)
    assert refused.returncode == 1
    assert "geo-service migrate" in refused.stderr
    assert run(tmp_path, "migrate", **app).returncode == 1
    assert run(tmp_path, "migrate", **app, **owner).returncode == 0
    told = run(tmp_path, "doctor", "--json", **app)
    assert {"name": "tables", "found": "up to date", "remedy": None, "well": True} in json.loads(
        told.stdout
    )["findings"]
    cluster.drop_database("behind")


@pytest.mark.usefixtures("engine")
def test_the_doctor_tells_a_program_what_it_tells_a_person(cluster: Cluster) -> None:
    told = json.loads(run(cluster.home, "doctor", "--json").stdout)
    names = {finding["name"] for finding in told["findings"]}
    assert {"python", "postgresql", "disk", "database", "postgis", "tables"} <= names
    shown = run(cluster.home, "doctor", COLUMNS="200").stdout
    assert all(finding["name"] in shown for finding in told["findings"])


def test_a_machine_without_room_is_told_what_to_do(tmp_path: Path) -> None:
    told = run(tmp_path, "doctor", "--json", GEO_DATABASE_URL="postgresql://a@127.0.0.1:9/b")
    findings = {finding["name"]: finding for finding in json.loads(told.stdout)["findings"]}
    assert told.returncode == 1
    assert findings["database"]["well"] is False
    assert findings["database"]["remedy"]


@pytest.mark.usefixtures("engine")
def test_it_tells_where_the_database_is(cluster: Cluster) -> None:
    told = run(cluster.home, "database-url")
    assert told.stdout.strip() == cluster.url("geo_app")
    assert told.stderr == ""
    assert run(cluster.home, "database-url", "--owner").stdout.strip() == cluster.url("geo_owner")


def test_it_says_when_the_database_is_not_running(tmp_path: Path) -> None:
    told = run(tmp_path / "var", "database-url")
    assert told.returncode == 0
    assert "geo-service serve" in told.stderr
    assert not (tmp_path / "var").exists()


def test_it_starts_again_soon(home: Path) -> None:
    port, began = free_port(), monotonic()
    with serving(home, port) as (_, line):
        assert port in line
        assert monotonic() - began < 15  # 2 s on a quiet machine
