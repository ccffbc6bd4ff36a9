"""`geo-service` as somebody at a terminal meets it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from geo_service.__main__ import main, refusal
from geo_service.db.embedded import Cluster


@dataclass(frozen=True)
class Told:
    """What a command said, and how it ended."""

    status: int
    out: str
    error: str


Run = Callable[..., Told]


@pytest.fixture
def home() -> Iterator[Path]:
    """A data folder that the server's user may reach; it does not exist yet."""
    with TemporaryDirectory(prefix="geo-", ignore_cleanup_errors=True) as folder:
        Path(folder).rmdir()
        yield Path(folder)
        if not Path(folder).is_dir():
            Path(folder).unlink(missing_ok=True)
            Path(folder).mkdir()


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path
) -> Iterator[Run]:
    """Run one command here, with an environment of its own."""
    for name in [name for name in os.environ if name.startswith("GEO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr("geo_service.__main__.start_logging", lambda _form: None)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}

    def run(*words: str, **environment: str) -> Told:
        for name, value in ({"GEO_DATA_DIR": str(home)} | environment).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", ["geo-service", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Told(int(ended.value.code or 0), said.out, said.err)

    yield run
    for number, handler in before.items():
        signal.signal(number, handler)


def looked(run: Run, **environment: str) -> dict[str, dict[str, Any]]:
    """What the doctor found, by name."""
    told = json.loads(run("doctor", "--json", **environment).out)
    return {finding["name"]: finding for finding in told["findings"]}


def free_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"PORT": "eight"}, "error: PORT: "),
        ({"PORT": "70000"}, "error: PORT: "),
        ({"GEO_PORT": "eight"}, "error: GEO_PORT: "),
        ({"HOST": "256.0.0.1"}, "“256.0.0.1” (HOST) is not an address of this machine."),
        ({"HOST": "192.0.2.1"}, "“192.0.2.1” (HOST) is not an address of this machine."),
        ({"GEO_DATA_DIR": ""}, "GEO_DATA_DIR: an empty text names no folder"),
        ({"GEO_LOG_FORMAT": "loud"}, "GEO_LOG_FORMAT: "),
        ({"GEO_DATABASE_URL": "nonsense"}, "A database is named by a URL"),
        ({"GEO_DATABASE_URL": "postgresql://a:b@here:port/geo"}, "A database is named by a URL"),
        ({"GEO_DATABASE_URL": "sqlite://"}, "not with sqlite://"),
        ({"GEO_OIDC_PROVIDERS": "secret"}, "GEO_OIDC_PROVIDERS: is not JSON"),
        ({"GEO_OIDC_PROVIDERS": "{}"}, "GEO_OIDC_PROVIDERS: Input should be a valid list"),
        ({"GEO_OIDC_PROVIDERS": '[{"id": "a"}]'}, "GEO_OIDC_PROVIDERS: name Field required"),
        ({"GEO_SMTP_URL": "ftp://secret@x"}, "GEO_SMTP_URL names a mail server by a URL"),
        (
            {"GEO_DATABASE_URL": "postgresql+asyncpg://geo_app:secret@127.0.0.1:9/geo"},
            "not with postgresql+asyncpg://",
        ),
        (
            {"GEO_DATABASE_URL": "postgres://geo_app:secret@127.0.0.1:9/geo"},
            "The database does not answer",
        ),
        (
            {"GEO_DATABASE_URL": "postgresql+psycopg://geo_app:secret@127.0.0.1:9/geo"},
            "The database does not answer",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_plain_sentence(
    run: Run, home: Path, environment: dict[str, str], complaint: str
) -> None:
    told = run("serve", **({"PORT": free_port()} | environment))
    assert (told.status, told.out) == (1, "")
    assert told.error.startswith("error: ")
    assert complaint in told.error
    assert told.error.count("\n") == 1
    assert "secret" not in told.error
    assert not home.exists()


def test_an_empty_list_of_providers_is_none(run: Run) -> None:
    assert run("database-url", GEO_OIDC_PROVIDERS="").status == 0


def test_a_word_that_is_no_command_is_told_the_likeliest(run: Run) -> None:
    told = run("facilties", "import", "x.csv")
    assert told.status == 2
    assert "facilities" in told.error


def loaded_by(deed: str) -> set[str]:
    """All modules that Python has loaded after it."""
    command = (sys.executable, "-c", f"{deed}; import sys; print(*sys.modules)")
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (ours)
    return set(done.stdout.split())


def test_an_import_loads_neither_doors_nor_migrations() -> None:
    loaded = loaded_by("import geo_service.__main__ as m; m.load('facilities')")
    assert "geo_service.facilities.imports" in loaded
    assert not {"fastapi", "alembic", "geoalchemy2", "geo_service.spaces"} & loaded


def test_a_start_waits_for_nothing_that_few_pages_need() -> None:
    loaded = loaded_by("import geo_service.app")
    assert "geo_service.accounts.pages" in loaded
    assert not {"authlib", "icalendar", "segno"} & loaded


def test_a_second_one_on_the_same_port_says_so_and_starts_nothing(run: Run, home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = run("serve", PORT=port)
    assert told.status == 1
    assert told.error.startswith(f"error: Port {port} on 127.0.0.1 is taken")
    assert told.error.count("\n") == 1
    assert not home.exists()


def test_a_data_folder_that_is_a_file_is_one_plain_sentence(run: Run, home: Path) -> None:
    home.write_text("")
    told = run("serve", PORT=free_port())
    assert told.status == 1
    assert f"error: {home} is a file" in told.error
    assert "GEO_DATA_DIR=…" in told.error
    below = run("serve", PORT=free_port(), GEO_DATA_DIR=str(home / "below"))
    assert f"error: {home} is a file" in below.error
    assert looked(run)["data folder"]["found"] == f"{home} is a file"


def test_a_data_folder_that_nobody_can_make_is_told_before_it_is_needed(run: Run) -> None:
    told = looked(run, GEO_DATA_DIR="/proc/nope")["data folder"]
    assert not told["well"]
    assert told["remedy"] is not None
    assert "GEO_DATA_DIR=…" in told["remedy"]  # another's, or, to root, impossible
    assert "GEO_DATA_DIR=…" in run("serve", PORT=free_port(), GEO_DATA_DIR="/proc/nope").error


def test_a_full_disk_is_told_with_a_remedy(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(cluster: Cluster, *_command: object) -> str:
        cluster.log.write_text("initdb: error: could not write: No space left on device\n")
        raise subprocess.CalledProcessError(1, "initdb")

    monkeypatch.setattr("geo_service.db.server._as_server", fails)
    told = run("serve", PORT=free_port())
    assert told.error.splitlines()[1:] == [
        f"error: The disk with {home} is full. Make room, or name another folder: GEO_DATA_DIR=…"
    ]


@pytest.mark.parametrize("role", ["geo_owner", "postgres"])
@pytest.mark.usefixtures("engine")
def test_the_service_refuses_to_speak_as_owner_or_superuser(
    run: Run, cluster: Cluster, role: str
) -> None:
    told = run("serve", PORT=free_port(), GEO_DATABASE_URL=cluster.url(role))
    assert told.status == 1
    assert f"signs in as “{role}”" in told.error
    assert told.error.count("\n") == 1


def test_the_service_refuses_tables_of_another_day_until_migrated(
    run: Run, cluster: Cluster
) -> None:
    cluster.create_database("behind")
    named = {"GEO_DATABASE_URL": cluster.url("geo_app", "behind"), "PORT": free_port()}
    refused = run("serve", **named)
    assert refused.status == 1
    assert "geo-service migrate" in refused.error
    assert "GEO_OWNER_DATABASE_URL" in run("migrate").error
    owner = {"GEO_OWNER_DATABASE_URL": cluster.url("geo_owner", "behind")}
    assert run("migrate", **owner).status == 0
    findings = json.loads(run("doctor", "--json").out)["findings"]
    cluster.drop_database("behind")
    assert {"name": "tables", "found": "up to date", "remedy": None, "well": True} in findings


@pytest.mark.usefixtures("engine")
def test_migrations_make_the_tables_that_the_code_describes(run: Run, cluster: Cluster) -> None:
    owner = cluster.url("geo_owner")
    told = run("migrate", "--check", GEO_OWNER_DATABASE_URL=owner)
    assert told.status == 0
    assert told.error == (
        "· The database has the tables of this version\n"
        "· Reports stay closed until this is run with GEO_SECRET_KEY\n"
    )


@pytest.mark.usefixtures("engine")
def test_a_service_that_cannot_keep_reports_does_not_start(run: Run, cluster: Cluster) -> None:
    named = {"PORT": free_port(), "GEO_DATABASE_URL": cluster.url(), "GEO_SECRET_KEY": "x" * 32}
    assert "Set GEO_REPORTS_DATABASE_URL" in run("serve", **named).error
    told = run("serve", **named, GEO_REPORTS_DATABASE_URL=cluster.url())
    assert "Sign in as geo_reports" in told.error
    told = run("worker", **named, GEO_REPORTS_DATABASE_URL=cluster.url("geo_reports"))
    assert "run `geo-service migrate` with GEO_SECRET_KEY" in told.error, "of another secret"
    assert told.status == 1


@pytest.mark.usefixtures("engine")
def test_the_doctor_refuses_what_a_start_refuses(run: Run, cluster: Cluster) -> None:
    told = looked(
        run,
        GEO_DATABASE_URL=cluster.url(),
        GEO_REPORTS_DATABASE_URL=cluster.url(),
        GEO_READ_DATABASE_URL=cluster.url("geo_owner"),
        GEO_OIDC_PROVIDERS='[{"id": "a"}]',
        GEO_SMTP_URL="ftp://x",
    )
    unwell = {name for name, finding in told.items() if not finding["well"]}
    assert {"reports", "standby", "secret", "sign-in", "mail"} <= unwell
    assert "Sign in as geo_reports" in told["reports"]["remedy"]
    assert "GEO_READ_DATABASE_URL signs in as “geo_owner”" in told["standby"]["remedy"]


@pytest.mark.usefixtures("engine")
def test_the_doctor_finds_a_database_that_knows_another_secret(run: Run, cluster: Cluster) -> None:
    named = {
        "GEO_DATABASE_URL": cluster.url(),
        "GEO_REPORTS_DATABASE_URL": cluster.url("geo_reports"),
        "GEO_SECRET_KEY": "x" * 32,
    }
    assert "geo-service migrate" in looked(run, **named)["reports"]["remedy"]
    assert looked(run, **named, GEO_SMTP_URL="smtps://a:b@mail.example.org")["mail"]["well"]


@pytest.mark.usefixtures("engine")
def test_a_login_of_another_kind_is_one_plain_sentence(run: Run, cluster: Cluster) -> None:
    wrong = cluster.url("geo_reports")
    told = run("serve", PORT=free_port(), GEO_DATABASE_URL=wrong)
    assert told.error.startswith("error: “geo_reports” may not look at the tables.")
    assert told.error.count("\n") == 1
    assert "Sign in as geo_app" in looked(run, GEO_DATABASE_URL=wrong)["tables"]["remedy"]
    told = run("migrate", GEO_OWNER_DATABASE_URL=cluster.url(), GEO_SECRET_KEY="x" * 32)
    assert (told.status, told.error.count("\n")) == (1, 1)


def test_a_bare_database_is_told_to_be_prepared(run: Run, cluster: Cluster) -> None:
    with cluster.connect("postgres") as superuser:
        superuser.execute("CREATE DATABASE bare OWNER geo_owner")
    told = run("migrate", GEO_OWNER_DATABASE_URL=cluster.url("geo_owner", "bare"))
    cluster.drop_database("bare")
    assert (told.status, told.error.count("\n")) == (1, 1)
    assert "run geo_service/db/bootstrap.sql" in told.error
    assert "It lacks postgis" in told.error


@pytest.mark.usefixtures("engine")
def test_who_may_make_no_tables_is_told_who_may(run: Run, cluster: Cluster) -> None:
    cluster.create_database("unmade")
    told = run("migrate", GEO_OWNER_DATABASE_URL=cluster.url("geo_app", "unmade"))
    cluster.drop_database("unmade")
    assert told.error == (
        "error: “geo_app” may not make tables. Sign in as geo_owner in GEO_OWNER_DATABASE_URL.\n"
    )


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 'a neighbour'::uuid",
        "INSERT INTO office (id, kind, name) VALUES (gen_random_uuid(), 'school', '')",
        "SELECT * FROM reports.claim_key",
    ],
)
def test_what_the_database_refuses_is_told_without_rows(engine: Engine, query: str) -> None:
    with pytest.raises(DBAPIError) as refused, engine.connect() as connection:
        connection.execute(text(query))
    said = refusal(refused.value)
    assert said.startswith("The database ")
    assert "neighbour" not in said
    assert "Failing row" not in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("module", "error"), [("typer", "KeyboardInterrupt"), ("geo_service.doctor", "ImportError")]
)
def test_ctrl_c_while_it_loads_leaves_no_traceback(module: str, error: str, home: Path) -> None:
    interrupted = f"""
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Interrupting:
    def find_spec(self, name, *_):
        if name == {module!r}:
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:
                raise {error}
sys.meta_path.insert(0, Interrupting())
sys.argv = ["geo-service", "doctor"]
from geo_service.__main__ import main
main()
"""
    done = subprocess.run(  # noqa: S603 (ours)
        (sys.executable, "-c", interrupted),
        env=os.environ | {"GEO_DATA_DIR": str(home)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.usefixtures("engine")
def test_the_doctor_tells_a_person_what_it_tells_a_program(run: Run, cluster: Cluster) -> None:
    told = json.loads(run("doctor", "--json", GEO_DATA_DIR=str(cluster.home)).out)
    names = {finding["name"] for finding in told["findings"]}
    assert {"python", "postgresql", "disk", "database", "postgis", "tables"} <= names
    shown = run("doctor", GEO_DATA_DIR=str(cluster.home), COLUMNS="200").out
    assert all(finding["name"] in shown for finding in told["findings"])


def test_the_doctor_says_what_to_do_about_a_database_that_does_not_answer(run: Run) -> None:
    told = run("doctor", "--json", GEO_DATABASE_URL="postgresql://a@127.0.0.1:9/b")
    findings = {finding["name"]: finding for finding in json.loads(told.out)["findings"]}
    assert told.status == 1
    assert findings["database"]["well"] is False
    assert "GEO_DATABASE_URL" in findings["database"]["remedy"]


def test_the_doctor_changes_nothing(run: Run, home: Path) -> None:
    run("doctor")
    assert not home.exists()


@pytest.mark.usefixtures("engine")
def test_it_tells_where_the_database_is(run: Run, cluster: Cluster) -> None:
    for words, role in [((), "geo_app"), (("--owner",), "geo_owner")]:
        told = run("database-url", *words, GEO_DATA_DIR=str(cluster.home))
        assert told.error == ""
        with psycopg.connect(told.out.strip()) as connection:
            assert connection.info.user == role
            assert connection.info.dbname == "geo"


def test_it_says_when_the_database_is_not_running(run: Run, home: Path) -> None:
    told = run("database-url")
    assert told.status == 0
    assert "geo-service serve" in told.error
    assert not home.exists()


def test_what_is_asked_for_in_vain_is_a_usage_error(run: Run) -> None:
    assert run("fly").status == 2


def test_a_supervisor_ends_a_command_in_good_order(run: Run) -> None:
    run("database-url")
    with suppress(SystemExit):
        os.kill(os.getpid(), signal.SIGTERM)
        pytest.fail("the signal was not taken")
