"""Seals and keys: nothing people said is readable in the database, or anywhere once shredded."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from geo_service import tables
from geo_service.accounts.workflow.secret import Secret
from geo_service.confidential import sealing
from geo_service.confidential.keys import KeyIsLost, KeyRing, Shredded
from geo_service.confidential.sealing import (
    Seal,
    SealedType,
    SealIsBroken,
    opened,
    seal,
    seal_for,
    seal_of,
)
from geo_service.confidential.session import Vault
from tests.conftest import SECRET
from tests.db.walls import Scene, a_scene
from tests.reports import caseworker

SEALED = [
    (table.name, column.name)
    for table in tables.complete().sorted_tables
    if table.schema == "reports"
    for column in table.columns
    if isinstance(column.type, SealedType)
]
THING_OF = {
    "message": "report_id",
    "photo": "report_id",
    "step": "case_id",
    "survey_visit": "household_id",
}
"""Whose key seals the rows of a table; those of all others have one of their own."""

HANGUL = re.compile(rb"(?:[\xea-\xed][\x80-\xbf]{2}){4}")
"""Four letters in a row as UTF-8: noise looks like them once in 10¹² places."""


def check(raw: Connection, ring: KeyRing) -> None:
    """What is sealed opens under its own name only with its key, and tells nothing without.

    Raises: AssertionError.
    """
    for table, column in SEALED:
        thing = THING_OF.get(table, "id")
        found = raw.exec_driver_sql(f"SELECT {thing}, {column} FROM reports.{table}")  # noqa: S608
        rows = [(thing_id, bytes(kept)) for thing_id, kept in found if kept is not None]
        assert rows, f"nothing was told in {table}.{column}"
        for thing_id, kept in rows:
            assert not HANGUL.search(kept), f"{table}.{column} is readable"
            assert is_sealed(ring, thing_id, column, kept), f"{table}.{column} was not sealed"


def is_sealed(ring: KeyRing, thing_id: UUID, column: str, kept: bytes) -> bool:
    try:
        return opened(ring, thing_id, column.removesuffix("_sealed"), kept) not in kept
    except SealIsBroken:
        return False


@pytest.fixture
def raw(logins: tuple[Connection, ...]) -> Connection:
    """The superuser, whom no policy binds."""
    return logins[3]


@pytest.fixture
def scene(vault: Vault, connection: Connection) -> Scene:
    return a_scene(vault, connection)


@pytest.mark.usefixtures("scene")
def test_all_that_is_told_is_sealed(vault: Vault, raw: Connection) -> None:
    assert len(SEALED) >= 18
    check(raw, vault.ring)


@pytest.mark.parametrize(("table", "column"), SEALED)
def test_a_field_that_is_not_sealed_is_found(
    vault: Vault,
    logins: tuple[Connection, ...],
    monkeypatch: pytest.MonkeyPatch,
    table: str,
    column: str,
) -> None:
    """As if one line of code had forgotten it, and had even written the form of a seal before."""
    close: Callable[..., bytes] = Seal.close

    def forgetful(self: Seal, field: str, plain: str | bytes) -> bytes:
        if field != column.removesuffix("_sealed"):
            return close(self, field, plain)
        said = plain.encode() if isinstance(plain, str) else plain
        return bytes([sealing.FORM]) + said.ljust(sealing.LEAST_BYTES)

    monkeypatch.setattr(Seal, "close", forgetful)
    a_scene(vault, logins[0])
    with pytest.raises(AssertionError, match=f"{table}|{column}"):
        check(logins[3], vault.ring)


def test_the_database_refuses_what_was_never_sealed(vault: Vault, scene: Scene) -> None:
    plain = text("UPDATE reports.report SET story_sealed = 'a story that anybody can read, long'")
    with (
        pytest.raises(IntegrityError, match="sealed"),
        vault.opened(caseworker(scene.a)) as session,
    ):
        session.execute(plain)


def test_a_seal_opens_for_its_own_thing_and_field_only(vault: Vault) -> None:
    office, report, other = uuid4(), uuid4(), uuid4()
    sealed = seal(vault.ring, office, report, "story", "아무도 몰라요")
    assert opened(vault.ring, report, "story", sealed).decode() == "아무도 몰라요"
    assert seal(vault.ring, office, report, "story", "아무도 몰라요") != sealed
    seal_for(vault.ring, office, other)
    for thing, field, raw in [
        (report, "signs", sealed),
        (other, "story", sealed),
        *((report, "story", flipped(sealed, at)) for at in range(len(sealed))),
        (report, "story", sealed[:-1]),
        (report, "story", b""),
    ]:
        with pytest.raises(SealIsBroken):
            opened(vault.ring, thing, field, raw)
    assert seal_of(vault.ring, report).text("story", None) is None


def flipped(raw: bytes, at: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys", Secret(SECRET))


def test_rotation_changes_every_key_of_a_centre_and_no_seal(ring: KeyRing) -> None:
    ours, theirs, things = uuid4(), uuid4(), [uuid4() for _ in range(5)]
    sealed = {each: seal(ring, ours, each, "story", "그대로") for each in things}
    kept = seal(ring, theirs, other := uuid4(), "story", "그대로")
    before = files(ring)
    assert ring.rotate(ours) == 2
    after = files(ring)
    assert {name for name in before if before[name] == after.get(name)} == {
        f"things/{str(other)[:2]}/{other}",
        f"offices/{theirs}/1",
        ".lock",
    }
    assert f"offices/{ours}/1" not in after, "the old key is destroyed"
    assert {str(opened(ring, each, "story", raw), "utf-8") for each, raw in sealed.items()} == {
        "그대로"
    }
    assert opened(ring, other, "story", kept)
    assert ring.rotate(ours) == 3
    assert ring.offices() == sorted((ours, theirs))


def files(ring: KeyRing) -> dict[str, bytes]:
    found = (path for path in ring.folder.rglob("*") if path.is_file())
    return {str(path.relative_to(ring.folder)): path.read_bytes() for path in found}


def test_a_rotation_that_was_killed_goes_on(ring: KeyRing, monkeypatch: pytest.MonkeyPatch) -> None:
    office, things = uuid4(), [uuid4() for _ in range(4)]
    sealed = {each: seal(ring, office, each, "story", "그대로") for each in things}
    keep = KeyRing._keep  # noqa: SLF001 (killed there)
    done: list[UUID] = []

    def killed(self: KeyRing, thing: UUID, *how: object) -> None:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(thing)
        keep(self, thing, *how)  # type: ignore[arg-type]

    monkeypatch.setattr(KeyRing, "_keep", killed)
    with pytest.raises(KeyboardInterrupt):
        ring.rotate(office)
    monkeypatch.undo()
    for _ in range(2):
        assert all(opened(ring, each, "story", raw) for each, raw in sealed.items())
        ring.rotate(office)
    assert len([*ring.folder.glob(f"offices/{office}/*")]) == 1


def test_what_a_killed_process_left_stops_no_rotation(ring: KeyRing) -> None:
    sealed = seal(ring, office := uuid4(), report := uuid4(), "story", "그대로")
    seal(ring, office, half_destroyed := uuid4(), "story", "지워질 말")
    things = ring.folder / "things"
    (things / str(report)[:2] / f".{uuid4()}").write_bytes(b"unfinished")
    (ring.folder / "offices" / f".{uuid4()}").write_bytes(b"unfinished")
    spoilt = things / str(half_destroyed)[:2] / str(half_destroyed)
    for content in (bytes(range(128, 228)), b"7", b"{}"):
        spoilt.write_bytes(content)
        with pytest.raises(KeyIsLost):
            ring.found(half_destroyed)
    assert ring.rotate(office) == 2
    assert ring.offices() == [office]
    assert opened(ring, report, "story", sealed).decode() == "그대로"
    assert ring.shred(half_destroyed)


def test_a_rotation_with_another_secret_destroys_no_key(ring: KeyRing) -> None:
    sealed = seal(ring, office := uuid4(), report := uuid4(), "story", "그대로")
    with pytest.raises(KeyIsLost):
        KeyRing(ring.folder, Secret(b"x" * 32)).rotate(office)
    assert opened(ring, report, "story", sealed).decode() == "그대로"


def test_what_is_handed_over_opens_with_the_other_centres_key(ring: KeyRing) -> None:
    here, there, report = uuid4(), uuid4(), uuid4()
    sealed = seal(ring, here, report, "story", "그대로")
    ring.hand_over(report, there)
    assert opened(ring, report, "story", sealed).decode() == "그대로"
    assert seal_of(ring, report).office_id == there
    (ring.folder / "offices" / str(here) / "1").unlink()
    assert opened(ring, report, "story", sealed), "whatever becomes of the first one's"


def test_shredding_destroys_one_thing_for_good(ring: KeyRing) -> None:
    office, report, other = uuid4(), uuid4(), uuid4()
    sealed = seal(ring, office, report, "story", "지워질 말")
    kept = seal(ring, office, other, "story", "남을 말")
    assert ring.has(report)
    assert ring.shred(report)
    assert not ring.shred(report)
    assert not ring.has(report)
    with pytest.raises(Shredded):
        opened(ring, report, "story", sealed)
    assert opened(ring, other, "story", kept)
    again = seal(ring, office, report, "story", "새 말")
    assert opened(ring, report, "story", again), "a new key"
    with pytest.raises(SealIsBroken):
        opened(ring, report, "story", sealed)


def test_the_folder_opens_nothing_without_the_secret(ring: KeyRing) -> None:
    seal(ring, uuid4(), report := uuid4(), "story", "비밀")
    with pytest.raises(KeyIsLost):
        KeyRing(ring.folder, Secret(b"x" * 32)).found(report)
    assert ring.folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in ring.folder.rglob("*"))


def test_a_spoilt_key_is_recognised(ring: KeyRing) -> None:
    seal(ring, office := uuid4(), report := uuid4(), "story", "비밀")
    path = ring.folder / "things" / str(report)[:2] / str(report)
    path.write_text(path.read_text().replace('"key": "', '"key": "AAAA'))
    with pytest.raises(KeyIsLost):
        ring.found(report)
    assert ring.offices() == [office]
