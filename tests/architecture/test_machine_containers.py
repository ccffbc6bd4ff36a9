"""Dockerfile, compose.yaml and the proxy in front, as far as they can be checked unbuilt."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from geo_service.__main__ import COMMANDS
from geo_service.db.inspection import EXTENSIONS
from geo_service.settings import Settings
from geo_service.web.doorkeeper import TIME_LIMIT_S

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "compose.yaml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
NGINX = re.sub(r"#.*", "", (ROOT / "scripts/nginx.conf").read_text())


def instructions(stage: int | None = None) -> list[tuple[str, str]]:
    """The Dockerfile's steps, of one of its stages (-1: the image itself) or of all."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    steps = [(line.split()[0], " ".join(line.split()[1:])) for line in lines]
    starts = [n for n, (word, _) in enumerate(steps) if word == "FROM"]
    if stage is None:
        return steps
    ends = [*starts[1:], len(steps)]
    return steps[starts[stage] : ends[stage]]


def seconds(directive: str) -> float:
    found = re.search(rf"\b{directive}\s+(\d+)s;", NGINX)
    assert found, directive
    return float(found[1])


def test_every_stage_is_the_debian_that_we_know() -> None:
    bases = [rest.split()[0] for word, rest in instructions() if word == "FROM"]
    names = {rest.split()[-1] for word, rest in instructions() if word == "FROM" and " AS " in rest}
    assert {base for base in bases if base not in names} == {"python:3.11-slim-bookworm"}


def test_the_image_does_not_run_as_root() -> None:
    words = [word for word, _ in instructions(-1)]
    (user,) = [rest for word, rest in instructions(-1) if word == "USER"]
    assert user not in {"root", "0"}
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert "RUN" not in words[words.index("USER") :]


def test_the_image_says_whether_it_is_well() -> None:
    (check,) = [rest for word, rest in instructions(-1) if word == "HEALTHCHECK"]
    assert "/healthz" in check
    assert "--timeout=" in check


def test_the_image_installs_from_the_lock_and_leaves_the_builders_behind() -> None:
    runs = [rest for word, rest in instructions() if word == "RUN"]
    assert any("--require-hashes --requirement scripts/locks/service.txt" in run for run in runs)
    assert not any("apt" in run for run in runs)
    assert not any("pip install" in rest for word, rest in instructions(-1) if word == "RUN")


def test_the_code_is_compiled_once_and_not_at_every_start() -> None:
    steps = instructions(-1)
    (compiles,) = [n for n, (word, rest) in enumerate(steps) if "-m compileall" in rest]
    copies = [
        n for n, (word, rest) in enumerate(steps) if word == "COPY" and "geo_service/" in rest
    ]
    assert max(copies) < compiles
    assert "geo_service" in steps[compiles][1].split()


def test_everything_copied_exists_and_is_let_through() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    allowed = {line[1:] for line in ignored if line.startswith("!")}
    for word, rest in instructions():
        if word == "COPY" and "--from=" not in rest:
            for source in rest.split()[:-1]:
                assert (ROOT / source).exists(), source
                assert source.split("/")[0] in allowed, source


def test_the_image_gets_no_secrets_and_no_database_of_its_own() -> None:
    settings = " ".join(rest for word, rest in instructions() if word in {"ENV", "ARG"})
    assert "DATABASE_URL" not in settings
    assert "PASSWORD" not in settings


def test_passwords_have_no_default() -> None:
    uses = re.findall(r"\$\{(\w*PASSWORD\w*)([^}]*)\}", TEXT)
    assert {name for name, _ in uses} == {
        "POSTGRES_PASSWORD",
        "GEO_OWNER_PASSWORD",
        "GEO_APP_PASSWORD",
        "GEO_REPORTS_PASSWORD",
    }
    assert all(rest.startswith(":?") for _, rest in uses)
    assert not re.search(r"(PASSWORD|password)[\"']?:\s*[\"']?[A-Za-z0-9]", TEXT)


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["db"]["networks"] == ["inside"]
    assert SERVICES["proxy"]["networks"] == ["front"]
    assert SERVICES["proxy"]["ports"][0].startswith("${PUBLISH:-127.0.0.1:")


def test_things_start_in_order() -> None:
    waits = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in SERVICES.items()
    }
    assert waits == {
        "db": {},
        "migrate": {"db": "service_healthy"},
        "service": {"db": "service_healthy", "migrate": "service_completed_successfully"},
        "worker": {"db": "service_healthy", "migrate": "service_completed_successfully"},
        "proxy": {"service": "service_healthy"},
    }


@pytest.mark.parametrize("name", ["service", "worker"])
def test_who_runs_for_long_never_holds_the_owners_password(name: str) -> None:
    assert "GEO_OWNER" not in str(SERVICES[name])
    assert "//geo_app:" in SERVICES[name]["environment"]["GEO_DATABASE_URL"]


def test_the_owner_migrates() -> None:
    assert "//geo_owner:" in SERVICES["migrate"]["environment"]["GEO_OWNER_DATABASE_URL"]


@pytest.mark.parametrize("name", ["migrate", "service", "worker", "proxy"])
def test_what_meets_the_world_can_change_nothing_on_its_disk(name: str) -> None:
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]


def test_every_setting_that_is_passed_is_one() -> None:
    known = {f"GEO_{name.upper()}" for name in Settings.model_fields} | {"FORWARDED_ALLOW_IPS"}
    for name in ("migrate", "service", "worker"):
        assert set(SERVICES[name]["environment"]) <= known


def test_no_setting_is_forgotten() -> None:
    said = " ".join(rest for word, rest in instructions(-1) if word == "ENV")
    passed = set(re.findall(r"(\w+)=", said)).union(
        *(s.get("environment", {}) for s in SERVICES.values())
    )
    known = {
        name.upper() if name in {"host", "port"} else f"GEO_{name.upper()}"
        for name in Settings.model_fields
    }
    # A standby is another machine; and where a database is named, workers run on their own.
    assert known - passed == {"GEO_READ_DATABASE_URL", "GEO_WORKER"}


def test_the_pilot_is_loaded_by_a_command_that_exists() -> None:
    (command,) = re.findall(r"docker compose run --rm service (\w+)", TEXT)
    assert command in COMMANDS


def test_one_container_serves_and_another_works() -> None:
    serves = Settings.model_validate({"database_url": "postgresql://db/geo"})
    assert not serves.has_worker_beside
    assert "GEO_WORKER" not in SERVICES["service"]["environment"]
    (command,) = SERVICES["worker"]["command"]
    assert command in COMMANDS


def test_letters_without_a_mail_server_are_kept() -> None:
    folder = SERVICES["worker"]["environment"]["GEO_DATA_DIR"]
    assert f"letters:{folder}" in SERVICES["worker"]["volumes"]
    assert "letters" in COMPOSE["volumes"]
    assert any(f"--owner=geo --mode=0700 {folder}" in rest for _, rest in instructions(-1))


@pytest.mark.parametrize("name", ["service", "worker"])
def test_keys_are_shared_and_apart_from_the_database(name: str) -> None:
    assert "//geo_reports:" in SERVICES[name]["environment"]["GEO_REPORTS_DATABASE_URL"]
    folder = SERVICES[name]["environment"]["GEO_KEYS_DIR"]
    assert f"keys:{folder}" in SERVICES[name]["volumes"]
    assert not [mount for mount in SERVICES["db"]["volumes"] if mount.startswith("keys:")]
    assert any(f"--owner=geo --mode=0700 {folder}" in rest for _, rest in instructions(-1))


def test_the_worker_reaches_a_mail_server() -> None:
    assert SERVICES["worker"]["networks"] == ["inside", "outside"]
    assert not (COMPOSE["networks"]["outside"] or {}).get("internal")


def test_what_is_mounted_exists() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    files = [mount.split(":")[0] for mount in mounts if mount.startswith("./")]
    assert len(files) >= 3
    assert all((ROOT / file).is_file() for file in files)


def test_the_database_is_made_by_the_same_words_as_the_embedded_one() -> None:
    mounts = sorted(SERVICES["db"]["volumes"], key=lambda mount: mount.split(":")[1])
    scripts = [mount.split(":")[0] for mount in mounts if "initdb.d" in mount]
    assert scripts == ["./geo_service/db/bootstrap.sql", "./geo_service/db/passwords.sql"]
    bootstrap = (ROOT / scripts[0]).read_text()
    assert all(f"EXTENSION IF NOT EXISTS {name} " in bootstrap for name in EXTENSIONS)


def test_braces_of_the_proxy_are_balanced_and_lines_ended() -> None:
    assert NGINX.count("{") == NGINX.count("}")
    joined = re.sub(r"\s+", " ", re.sub(r"'[^']*'", "words", NGINX))
    assert not re.search(r"[^;{}\s]\s*\}", joined)


def test_the_proxy_bears_what_a_single_process_must_not() -> None:
    assert 0 < seconds("client_header_timeout") <= 15
    assert 0 < seconds("client_body_timeout") <= 15
    assert re.search(r"client_max_body_size 1m;", NGINX)
    assert re.search(r"limit_conn connections \d+;", NGINX)
    assert re.search(r"limit_req zone=requests burst=\d+ nodelay;", NGINX)
    assert re.search(r"gzip on;", NGINX)


def test_the_proxy_waits_longer_than_the_service_may_take() -> None:
    assert seconds("proxy_read_timeout") > TIME_LIMIT_S


def test_what_the_proxy_refuses_is_told_as_the_service_tells_it() -> None:
    told = dict(re.findall(r"location (@\w+) \{[^}]*return \d+ '([^']+)';", NGINX))
    for code, named in re.findall(r"error_page ([\d ]+?)(?: =503)? (@\w+);", NGINX):
        problem = json.loads(told.pop(named))
        assert problem["type"].startswith("/problems/")
        assert str(problem["status"]) in f"{code} 503".split()
    assert told == {}
    assert NGINX.count("default_type application/problem+json;") == 3


def test_the_scheme_is_the_one_that_people_see() -> None:
    assert re.search(r"map \$http_x_forwarded_proto \$scheme_outside", NGINX)
    assert "proxy_set_header X-Forwarded-Proto $scheme_outside;" in NGINX


def test_figures_stay_inside() -> None:
    assert re.search(r"location = /metrics\s*\{\s*return 404;\s*\}", NGINX)


def test_the_proxy_logs_no_place_and_no_person() -> None:
    assert re.findall(r"error_log \S+ (\w+);", NGINX) == ["alert"]
    (form,) = re.findall(r"log_format plain (.*?);", NGINX, re.DOTALL)
    assert "$request_method" in form
    for forbidden in (
        "$request ",
        "$request_uri",
        "$args",
        "$remote_addr",
        "$http_referer",
        "$uri",
    ):
        assert forbidden not in form + " "


def test_the_proxy_speaks_to_the_service_where_it_listens() -> None:
    (port,) = [rest.split()[0] for word, rest in instructions(-1) if word == "EXPOSE"]
    assert f"server service:{port};" in NGINX
