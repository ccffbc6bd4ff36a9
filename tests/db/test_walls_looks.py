"""Looks once sealed stay as they are: whatever is done to them, and to their seals, is found."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from geo_service.accounts.workflow.secret import Secret
from geo_service.clock import now
from geo_service.confidential import checkpoints
from geo_service.confidential.access import Confidential
from geo_service.confidential.checkpoints import Checkpoints
from geo_service.confidential.claims import Claims
from geo_service.confidential.looks import address_hash, look, looks_at
from geo_service.confidential.models import Look, Sealing
from geo_service.confidential.session import Vault
from geo_service.confidential.tasks import seal_looks
from tests.reports import CLOCKWORK, a_report, caseworker, lead

REPORT, CENTRE = uuid4(), uuid4()
LOOKS = 25


def looked(vault: Vault, count: int = LOOKS) -> None:
    """So often."""
    who = caseworker(CENTRE)
    with vault.opened(who) as session:
        for number in range(count):
            look(session, who, "report", REPORT, CENTRE, purpose=f"visit {number}")


@pytest.fixture
def raw(logins: tuple[Connection, ...]) -> Connection:
    return logins[3]


@pytest.fixture
def sealed(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> Checkpoints:
    """Three signed batches of looks."""
    monkeypatch.setattr(checkpoints, "BATCH", 10)
    looked(vault)
    kept = Checkpoints(vault)
    assert kept.seal(at=now()) == LOOKS
    assert len([*kept.folder.iterdir()]) == 3
    assert kept.verify() == []
    return kept


def ids(raw: Connection) -> list[int]:
    return list(raw.scalars(select(Look.id).order_by(Look.id)))


def edit(raw: Connection, _kept: Checkpoints) -> None:
    raw.execute(
        text("UPDATE reports.look SET purpose = 'own' WHERE id = :id"), {"id": ids(raw)[12]}
    )


def edit_whose(raw: Connection, _kept: Checkpoints) -> None:
    raw.execute(
        text("UPDATE reports.look SET person_id = NULL WHERE id = :id"), {"id": ids(raw)[0]}
    )


def edit_when(raw: Connection, _kept: Checkpoints) -> None:
    raw.execute(text("UPDATE reports.look SET at = at - interval '1 microsecond'"))


def delete(raw: Connection, _kept: Checkpoints) -> None:
    raw.execute(text("DELETE FROM reports.look WHERE id = :id"), {"id": ids(raw)[12]})


def cut_tail(raw: Connection, _kept: Checkpoints) -> None:
    """The last batch, and the row of its seal."""
    raw.execute(text("DELETE FROM reports.look WHERE id > :id"), {"id": ids(raw)[19]})
    raw.execute(text("DELETE FROM reports.sealing WHERE number = 3"))


def cut_everything(raw: Connection, _kept: Checkpoints) -> None:
    raw.execute(text("TRUNCATE reports.look, reports.sealing"))


def cut_files(_raw: Connection, kept: Checkpoints) -> None:
    max(kept.folder.iterdir()).unlink()


def cut_the_first_file(_raw: Connection, kept: Checkpoints) -> None:
    min(kept.folder.iterdir()).unlink()


def rewrite(raw: Connection, kept: Checkpoints) -> None:
    """Everything anew, chain and rows and files, as who knows the code but not the secret."""
    raw.execute(text("UPDATE reports.look SET person_id = gen_random_uuid()"))
    raw.execute(text("TRUNCATE reports.sealing"))
    for path in kept.folder.iterdir():
        path.unlink()
    vault = kept._vault  # noqa: SLF001 (a burglar's way in)
    other = Secret(b"a burglar's own secret of 32 bytes")
    burglar = Vault.__new__(Vault)
    burglar.__dict__.update(vault.__dict__, secret=other)
    assert Checkpoints(burglar).seal(at=now()) == LOOKS
    assert Checkpoints(burglar).verify() == [], "in itself it is whole"


def forge_a_hash(raw: Connection, kept: Checkpoints) -> None:
    """One batch anew, with the old signature."""
    edit(raw, kept)
    path = sorted(kept.folder.iterdir())[1]
    told = json.loads(path.read_text())
    rows = [*raw.execute(select(Look.__table__).order_by(Look.id))][10:20]
    made = checkpoints.digest(bytes.fromhex(told["before"]), rows)  # type: ignore[arg-type]
    path.write_text(json.dumps(told | {"hash": made.hex()}))


def reorder(raw: Connection, _kept: Checkpoints) -> None:
    """Two looks change places, numbers included."""
    one, other = ids(raw)[3], ids(raw)[4]
    swap = """
        UPDATE reports.look AS here SET at = there.at, purpose = there.purpose,
            person_id = there.person_id, thing_id = there.thing_id
        FROM reports.look AS there WHERE (here.id, there.id) IN ((:one, :other), (:other, :one))
    """
    raw.execute(text(swap), {"one": one, "other": other})


def swap_files(_raw: Connection, kept: Checkpoints) -> None:
    first, second, _ = sorted(kept.folder.iterdir())
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)


def slip_in(raw: Connection, _kept: Checkpoints) -> None:
    """A look that nobody had, under a number that was left free."""
    taken = ids(raw)[12]
    raw.execute(text("DELETE FROM reports.look WHERE id = :id"), {"id": taken})
    added = """
        INSERT INTO reports.look (id, standing, thing, purpose) OVERRIDING SYSTEM VALUE
        VALUES (:id, 'lead', 'report', 'own')
    """
    raw.execute(text(added), {"id": taken})


@pytest.mark.parametrize(
    "tamper",
    [
        edit,
        edit_whose,
        edit_when,
        delete,
        cut_tail,
        cut_everything,
        cut_files,
        cut_the_first_file,
        rewrite,
        forge_a_hash,
        reorder,
        swap_files,
        slip_in,
    ],
)
def test_whatever_is_done_to_looks_is_found(
    sealed: Checkpoints, raw: Connection, tamper: Callable[[Connection, Checkpoints], None]
) -> None:
    tamper(raw, sealed)
    assert sealed.verify()


def test_sealing_goes_on_after_somebody_was_killed(
    vault: Vault, sealed: Checkpoints, raw: Connection
) -> None:
    raw.execute(text("DELETE FROM reports.sealing WHERE number = 3"))  # the file was written
    looked(vault, 3)
    assert sealed.verify() == [], "what is not sealed yet is no complaint"
    assert sealed.seal(at=now()) == 3
    assert sealed.verify() == []
    assert raw.scalars(select(Sealing.looks).order_by(Sealing.number)).all() == [10, 10, 5, 3]
    assert sealed.seal(at=now()) == 0


def test_files_are_verified_one_by_one(
    sealed: Checkpoints, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, begun = vault.opened, []

    def counted(claims: Claims) -> AbstractContextManager[Session]:
        begun.append(claims)
        return opened(claims)

    monkeypatch.setattr(vault, "opened", counted)
    assert sealed.verify() == []
    assert len(begun) == 1 + len([*sealed.folder.iterdir()]), "none outlives its claims"


def test_only_what_is_not_sealed_yet_keeps_others_from_looking(
    vault: Vault, raw: Connection
) -> None:
    locks = text(
        "SELECT count(*) FROM pg_locks WHERE relation = 'reports.look'::regclass"
        " AND mode = 'ShareLock'"
    )
    for are_sealed, expected in ((True, 0), (False, 1)):
        with vault.opened(CLOCKWORK) as session:
            session.execute(select(func.reports.looks_after(0, 9, are_sealed)))
        assert raw.scalar(locks) == expected


def test_the_worker_seals_by_itself(vault: Vault, later_runs: Callable[..., int]) -> None:
    looked(vault)
    later_runs(now())
    with vault.opened(CLOCKWORK) as session:
        session.info["vault"] = vault
        seal_looks(session, {}, now())
    assert Checkpoints(vault).verify() == []
    assert len([*Checkpoints(vault).folder.iterdir()]) == 1


def test_who_opens_has_left_a_look_even_if_they_find_nothing(vault: Vault) -> None:
    office = uuid4()
    report = a_report(vault, office, story="아무도 안 보여요")
    who = caseworker(office)
    with vault.opened(who) as session:
        confidential = Confidential(session, who, vault)
        seal = confidential.look_into("report", report.id, office, "own")
        assert seal.text("story", report.story_sealed) == "아무도 안 보여요"
    with vault.opened(lead(office)) as session:
        (seen,) = session.scalars(looks_at(report.id))
        assert (seen.person_id, seen.purpose, seen.centre_id) == (who.person_id, "own", office)
        assert now() - seen.at < timedelta(minutes=1)


def test_an_address_is_kept_as_a_digest_that_another_secret_cannot_make(vault: Vault) -> None:
    one = address_hash(vault.secret, "192.0.2.7")
    assert one == address_hash(vault.secret, "192.0.2.7")
    assert one != address_hash(Secret(b"y" * 32), "192.0.2.7")
    assert address_hash(vault.secret, None) is None
