"""The command line: one JSON object, reports that open in Excel, and words for people."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from geo_service.db.session import Sessions
from geo_service.facilities.commands import app
from geo_service.facilities.files import Unreadable
from geo_service.facilities.imports import STEPS
from tests.facility_rows import csv_text, numbered, room


@dataclass
class Borrowed:
    """A database that is already open."""

    lent: Sessions

    @contextmanager
    def sessions(self) -> Iterator[Sessions]:
        """The test's own."""
        yield self.lent


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two rooms, one without a point."""
    path = tmp_path / "rooms.csv"
    path.write_text(csv_text([room(), room(개방시설명="둘째", 위도="")]), encoding="cp949")
    return path


def read_report(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as report:
        return list(csv.DictReader(report))


def run(sessions: Sessions, *words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], obj=Borrowed(sessions))


def test_json_is_one_flat_object(sessions: Sessions, file: Path) -> None:
    told = json.loads(run(sessions, "import", file, "--json").stdout)
    assert told["batch"] > 0
    assert (told["rows"], told["added"], told["held_back"], told["vanished"]) == (2, 1, 1, 0)
    assert told["dry_run"] is False


def test_several_files_are_several_batches(sessions: Sessions, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text(csv_text(numbered(3)), encoding="cp949")
    told = json.loads(run(sessions, "import", file, other, "--json").stdout)
    assert [batch["file"] for batch in told["batches"]] == ["rooms.csv", "other.csv"]


def test_a_dry_run_has_no_batch(sessions: Sessions, file: Path) -> None:
    told = json.loads(run(sessions, "import", file, "--dry-run", "--json").stdout)
    assert told["batch"] is None
    assert json.loads(run(sessions, "batches", "--json").stdout) == {"batches": []}


def test_the_csv_report_opens_in_excel(sessions: Sessions, file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    run(sessions, "import", file, "--report", report)
    assert report.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = read_report(report)
    assert list(rows[0]) == ["line", "outcome", "name", "reasons", "key"]
    assert [(row["line"], row["outcome"]) for row in rows] == [("2", "added"), ("3", "held_back")]
    assert rows[1]["reasons"].endswith("좌표를 채워 다시 올려 주세요. [no-point]")


def test_a_name_that_begins_like_a_formula_stays_a_name(sessions: Sessions, tmp_path: Path) -> None:
    file, report = tmp_path / "rooms.csv", tmp_path / "report.csv"
    row = room(개방시설명="=HYPERLINK(1)", 개방장소명="=HYPERLINK(1) 실")
    file.write_text(csv_text([row]), encoding="cp949")
    run(sessions, "import", file, "--report", report)
    (told,) = read_report(report)
    assert told["name"].startswith("'=HYPERLINK")


def test_the_json_report_has_every_row(sessions: Sessions, file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    run(sessions, "import", file, "--report", report)
    told = json.loads(report.read_bytes())
    assert told["batches"][0]["rows"] == 2
    assert told["rows"][1]["reasons"][0]["code"] == "no-point"


def test_people_read_a_table_and_the_first_reasons(sessions: Sessions, file: Path) -> None:
    told = run(sessions, "import", file).stdout
    assert "추가" in told
    assert "3번째 줄" in told
    assert "되돌리기: geo-service facilities undo" in told


def test_people_at_a_terminal_see_how_far_it_is_and_programs_do_not(
    sessions: Sessions, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    shown = run(sessions, "import", file).stderr
    for number, step in enumerate(STEPS, 1):
        assert f"rooms.csv: {step} ({number}/{len(STEPS)})" in shown
    assert "━" in shown
    assert run(sessions, "import", file, "--json").stderr == ""


def test_undo_and_the_list_of_batches(sessions: Sessions, file: Path) -> None:
    batch = json.loads(run(sessions, "import", file, "--json").stdout)["batch"]
    told = json.loads(run(sessions, "undo", batch, "--json").stdout)
    assert told == {"batch": batch, "removed": 1, "kept": 0, "restored": 0, "reopened": 0}
    (listed,) = json.loads(run(sessions, "batches", "--json").stdout)["batches"]
    assert listed["undone_at"] is not None
    assert "rooms.csv" in run(sessions, "batches").stdout


def test_a_number_that_no_batch_has_is_a_mistake(sessions: Sessions) -> None:
    assert run(sessions, "undo", 99_999_999_999).exit_code == 2


def test_another_ending_of_the_report_is_a_mistake(sessions: Sessions, file: Path) -> None:
    assert run(sessions, "import", file, "--report", "report.doc").exit_code == 2


def test_a_report_that_cannot_be_written_is_a_mistake_before_the_import(
    sessions: Sessions, file: Path, tmp_path: Path
) -> None:
    assert run(sessions, "import", file, "--report", tmp_path / "no" / "x.csv").exit_code == 2
    assert json.loads(run(sessions, "batches", "--json").stdout) == {"batches": []}


def test_what_vanished_is_told_by_name(sessions: Sessions, tmp_path: Path) -> None:
    file = tmp_path / "rooms.csv"
    file.write_text(csv_text(numbered(8)), encoding="cp949")
    run(sessions, "import", file)
    file.write_text(csv_text(numbered(1)), encoding="cp949")
    told = run(sessions, "import", file, "--dry-run", "--report", tmp_path / "a.json").stdout
    assert told.count("사라짐 해오름주민센터") == 5
    assert "사라짐 … 2곳 더" in told
    gone = json.loads((tmp_path / "a.json").read_bytes())["vanished"]
    assert len(gone) == 7
    assert {"file": "rooms.csv", "name": "해오름주민센터 2회의실"} in gone
    run(sessions, "import", file, "--report", tmp_path / "a.csv")
    rows = read_report(tmp_path / "a.csv")
    assert [row["outcome"] for row in rows] == ["unchanged"] + ["vanished"] * 7
    assert rows[-1]["line"] == ""


def test_batches_before_a_refused_file_are_told(
    sessions: Sessions, file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text("a,a\n1,2\n")
    result = run(sessions, "import", file, broken)
    assert isinstance(result.exception, Unreadable)
    assert "번 묶음. 되돌리기" in result.stdout


def test_a_file_name_is_no_markup(sessions: Sessions, tmp_path: Path) -> None:
    file = tmp_path / "rooms[bold] [x].csv"
    file.write_text(csv_text([room()]), encoding="cp949")
    result = run(sessions, "import", file)
    assert result.exit_code == 0
    assert "[bold]" in result.stdout


def test_a_file_that_cannot_be_read_prints_nothing_on_stdout(
    sessions: Sessions, tmp_path: Path
) -> None:
    file = tmp_path / "rooms.xml"
    file.write_text("<a></b>")
    result = run(sessions, "import", file, "--json")
    assert isinstance(result.exception, Unreadable)
    assert result.stdout == ""
