"""Undo: exactly what was before; and a batch that dies leaves nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from geo_service.areas.workflow import load_default
from geo_service.db.session import Sessions
from geo_service.facilities.imports import import_file
from geo_service.facilities.models import Facility, ImportBatch
from geo_service.facilities.workflow import AlreadyUndone, BatchUnknown, LaterBatchTouched, undo
from geo_service.listings.models import Listing
from tests.facility_rows import csv_text, numbered, room, upload

Contents = dict[str, list[str]]


def contents(session: Session) -> Contents:
    """Every row of every table that an import writes, but for the moment of the last write."""
    told = {}
    for table in ("listing", "space", "office", "facility", "facility_change"):
        rows = text(f"SELECT (to_jsonb(t.*) - 'updated_at')::text FROM {table} t ORDER BY 1")  # noqa: S608
        told[table] = list(session.scalars(rows))
    return told


def test_undo_restores_exactly_what_was_before(session: Session) -> None:
    load_default(session)
    import_file(session, upload(*numbered(4)))
    before = contents(session)
    later = numbered(5, 데이터기준일자="2024-01-31", 사용료="1000", 관리기관명="해오름동")
    report = import_file(session, upload(*later[1:]))
    assert report.counts["added"] == 1
    assert report.counts["changed"] == 3
    assert len(report.vanished) == 1
    assert report.batch is not None
    assert contents(session) != before
    undone = undo(session, report.batch)
    assert (undone.removed, undone.restored, undone.reopened) == (1, 3, 1)
    assert contents(session) == before


def test_undo_leaves_alone_what_imports_do_not_write(session: Session) -> None:
    import_file(session, upload(*numbered(1)))
    report = import_file(session, upload(*numbered(1, 사용료="1000")))
    assert report.batch is not None
    session.execute(text("UPDATE listing SET summary = '열쇠는 1층에서'"))
    whole_row = "before = jsonb_set(before, '{listing,visibility}', '\"office\"')"  # as once kept
    session.execute(text(f"UPDATE facility_change SET {whole_row}"))  # noqa: S608
    undo(session, report.batch)
    told = session.execute(text("SELECT summary, visibility FROM listing")).one()
    assert tuple(told) == ("열쇠는 1층에서", "public")


def test_undo_reopens_what_others_have_put_into_better_words_since(session: Session) -> None:
    import_file(session, upload(*numbered(2)))
    report = import_file(session, upload(*numbered(1, 데이터기준일자="2024-01-31")))
    assert (len(report.vanished), bool(report.batch)) == (1, True)
    session.execute(text("UPDATE listing SET title = '넓은 방' WHERE closed_at IS NOT NULL"))
    undo(session, report.batch or 0)
    assert (
        "넓은 방"
        in session.scalars(text("SELECT title FROM listing WHERE closed_at IS NULL")).all()
    )


def test_undoing_everything_leaves_nothing(session: Session) -> None:
    empty = contents(session)
    report = import_file(session, upload(*numbered(3)))
    assert report.batch is not None
    undo(session, report.batch)
    assert contents(session) == empty
    batch = session.get_one(ImportBatch, report.batch)
    assert batch.undone_at is not None
    assert batch.counts["added"] == 3


def test_a_batch_that_a_later_one_built_on_is_undone_after_it(session: Session) -> None:
    first = import_file(session, upload(*numbered(2))).batch
    second = import_file(session, upload(*numbered(2, 데이터기준일자="2024-01-31"))).batch
    assert first is not None
    assert second is not None
    with pytest.raises(LaterBatchTouched, match=f"{second}번"):
        undo(session, first)
    undo(session, second)
    undo(session, first)
    assert session.scalar(select(func.count()).select_from(Listing)) == 0


def test_a_batch_is_undone_once_and_only_if_there_is_one(session: Session) -> None:
    batch = import_file(session, upload(room())).batch
    assert batch is not None
    undo(session, batch)
    with pytest.raises(AlreadyUndone):
        undo(session, batch)
    with pytest.raises(BatchUnknown):
        undo(session, batch + 1_000)


def test_after_undo_the_file_can_be_imported_again(session: Session) -> None:
    report = import_file(session, upload(*numbered(2)))
    assert report.batch is not None
    undo(session, report.batch)
    assert import_file(session, upload(*numbered(2))).counts == report.counts


def test_imports_take_turns(open_house: Sessions) -> None:
    done = []

    def take(number: int) -> None:
        rows = numbered(200, 데이터기준일자=f"202{number}-01-31")
        with open_house.begin() as session:
            done.append(import_file(session, upload(*rows)).counts)

    threads = [Thread(target=take, args=(number,)) for number in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts["added"] for counts in done) == 200
    assert all(sum(counts.values()) == 200 for counts in done)
    with open_house() as session:
        assert session.scalar(select(func.count()).select_from(Facility)) == 200


_IMPORT = """
import sys, time
from pathlib import Path
from sqlalchemy.orm import sessionmaker
from geo_service import tables
from geo_service.db.session import open_engine
from geo_service.facilities.imports import Upload, import_file
tables.complete()
sessions = sessionmaker(open_engine(sys.argv[1], statement_timeout="0"))
with sessions.begin() as session:
    print("ready", flush=True)
    import_file(session, Upload("rooms.csv", Path(sys.argv[2]).read_bytes()),
                progress=lambda step: print(step, flush=True))
    print("written", flush=True)
    time.sleep(float(sys.argv[3]))
"""


@pytest.mark.parametrize(("until", "delay_s"), [("저장", 0.0), ("저장", 0.1), ("written", 0.0)])
def test_kill_9_leaves_nothing_half_done(
    engine: Engine, open_house: Sessions, tmp_path: Path, until: str, delay_s: float
) -> None:
    file = tmp_path / "rooms.csv"
    file.write_text(csv_text(numbered(800)), encoding="cp949")
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", _IMPORT, url, str(file), "60"]
    with open_house() as session:
        before = contents(session)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        while process.stdout.readline().strip() != until:
            assert process.poll() is None
        time.sleep(delay_s)
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    with open_house.begin() as session:
        report = import_file(session, upload(*numbered(800)), dry_run=True)
        assert report.counts["added"] == 800
        assert contents(session) == before
