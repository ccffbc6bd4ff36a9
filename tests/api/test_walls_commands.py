"""`geo-service looks` and `geo-service keys`, as whoever answers for the walls calls them."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from geo_service.accounts.workflow.secret import Secret
from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.looks import look
from geo_service.confidential.sealing import opened, seal
from geo_service.confidential.session import Vault
from geo_service.db.embedded import Cluster
from geo_service.db.opening import Whereabouts
from geo_service.doctor import findings
from geo_service.settings import Settings
from tests.api.test_command_line import Run, home, run
from tests.conftest import SECRET
from tests.vaults import a_vault

__all__ = ["home", "run"]


@pytest.fixture
def archive(cluster: Cluster, engine: Engine) -> Iterator[Vault]:
    """A vault that commits, so that commands see it; what it leaves is swept away."""
    assert engine
    with a_vault(cluster, "geo") as vault:
        yield vault
    with cluster.connect("geo") as superuser:
        superuser.execute("TRUNCATE reports.look, reports.sealing RESTART IDENTITY")


@pytest.fixture
def named(cluster: Cluster, archive: Vault) -> dict[str, str]:
    return {
        "GEO_DATABASE_URL": cluster.url(),
        "GEO_REPORTS_DATABASE_URL": cluster.url("geo_reports"),
        "GEO_SECRET_KEY": SECRET.decode(),
        "GEO_KEYS_DIR": str(archive.ring.folder),
    }


def test_looks_are_sealed_and_verified_until_somebody_tampers(
    run: Run, cluster: Cluster, archive: Vault, named: dict[str, str]
) -> None:
    who = Claims(Standing.CASEWORKER, uuid4(), frozenset({uuid4()}), purpose="own")
    with archive.opened(who) as session:
        for _ in range(3):
            look(session, who, "report", uuid4(), uuid4())
    assert run("looks", "seal", **named).error == "· Sealed: 3 looks\n"
    told = run("looks", "verify", **named)
    assert (told.status, told.error) == (0, "· Every sealed look is as it was\n")
    with cluster.connect("geo") as superuser:
        superuser.execute("DELETE FROM reports.look WHERE id = (SELECT min(id) FROM reports.look)")
    told = run("looks", "verify", **named)
    assert told.status == 1
    assert told.error.endswith(": 1 are missing.\n")


def test_keys_are_rotated_and_all_stays_readable(
    run: Run, archive: Vault, named: dict[str, str]
) -> None:
    office, other, report = uuid4(), uuid4(), uuid4()
    sealed = seal(archive.ring, office, report, "story", "그대로")
    seal(archive.ring, other, uuid4(), "story", "그대로")
    assert run("keys", "rotate", str(office), **named).error == f"· {office}: key 2\n"
    everybody = run("keys", "rotate", **named).error
    assert f"· {office}: key 3\n" in everybody
    assert f"· {other}: key 2\n" in everybody
    assert opened(archive.ring, report, "story", sealed).decode() == "그대로"


def test_a_key_is_made_for_nobody_who_has_none(
    run: Run, archive: Vault, named: dict[str, str]
) -> None:
    told = run("keys", "rotate", str(uuid4()), **named)
    assert told.error.startswith("error: No office with this id has a key")
    assert (told.status, archive.ring.offices()) == (1, [])


def test_the_doctor_looks_at_login_and_keys(tmp_path: Path) -> None:
    def looks(**said: str) -> dict[str, str | None]:
        settings = Settings.model_validate({"keys_dir": str(tmp_path / "keys")} | said)
        found = findings(settings, Whereabouts(tmp_path))
        return {finding.name: finding.remedy for finding in found}

    assert looks()["keys"] is None
    assert "GEO_REPORTS_DATABASE_URL" in (looks(database_url="postgresql:///g")["reports"] or "")
    seal(KeyRing(tmp_path / "keys", Secret(SECRET)), uuid4(), uuid4(), "story", "말")
    assert looks()["keys"] is None
    (tmp_path / "keys").chmod(0o755)
    assert "chmod 700" in (looks()["keys"] or "")
