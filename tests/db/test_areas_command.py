"""`geo-service areas import`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from geo_service.areas.commands import app
from geo_service.areas.files.layers import NotAMap
from geo_service.areas.models import Area
from geo_service.areas.queries import area_by_code
from geo_service.db.session import Sessions
from tests.areas import a_district, a_dong, plot
from tests.mapfiles import a_map, in_grid


@dataclass
class Borrowed:
    """The sessions of the test, where a command expects a database."""

    borrowed: Sessions

    @contextmanager
    def sessions(self) -> Iterator[Sessions]:
        """As `Whereabouts.sessions`."""
        yield self.borrowed


@pytest.fixture
def file(tmp_path: Path, session: Session) -> Path:
    """Two dongs of a known district, as a district sends them."""
    district = a_district(session)
    a_dong(session, district, "하나동", "51000", shape=plot(0))
    a_dong(session, district, "세나동", "53000", shape=plot(2))
    grid = "EPSG:5179"
    return a_map(
        tmp_path / "행정동.shp",
        [in_grid(plot(0, columns=2), grid), in_grid(plot(2), grid)],
        {
            "ADM_DR_CD": ["2699051000", "2699052000"],
            "ADM_DR_NM": ["하나동", "두리동"],
        },
        grid=grid,
        encoding="CP949",
    )


def run(sessions: Sessions, *words: str | Path) -> Result:
    arguments = ["import", *map(str, words)]
    return CliRunner().invoke(app, arguments, obj=Borrowed(sessions), env={"COLUMNS": "200"})


@pytest.fixture(autouse=True)
def without_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading the pilot city takes seconds and has its own tests."""
    monkeypatch.setattr("geo_service.areas.commands.load_default", lambda _: 0)


def test_a_file_is_imported_and_told_as_one_json_object(
    sessions: Sessions, session: Session, file: Path
) -> None:
    result = run(sessions, file, "--json", "--on", "2026-10-01", "--source", "시험구청")
    assert (result.exit_code, result.exception) == (0, None)
    district = "부산광역시 시험구"
    assert json.loads(result.stdout) == {
        "file": "행정동.shp",
        "level": "dong",
        "register": "administrative",
        "on": "2026-10-01",
        "dry_run": False,
        "rows": 2,
        "added": [f"{district} 두리동"],
        "reopened": [],
        "changed": [f"{district} 하나동"],
        "unchanged": [],
        "closed": [f"{district} 세나동"],
        "repaired": [],
        "districts": [],
    }
    new = session.scalars(area_by_code("2699052000")).one()
    assert new.source == "시험구청"


def test_people_get_a_table(sessions: Sessions, file: Path) -> None:
    result = run(sessions, file)
    assert result.exit_code == 0
    assert "두리동" in result.stdout
    assert "폐지 closed" in result.stdout


def test_people_see_how_far_it_is_and_programs_do_not(sessions: Sessions, file: Path) -> None:
    shown = run(sessions, file).stderr
    assert "행정동.shp 읽는 중" in shown
    assert "경계 2개 비교·저장 중" in shown
    assert run(sessions, file, "--json").stderr == ""


def test_a_dry_run_says_the_same_and_keeps_nothing(
    sessions: Sessions, session: Session, file: Path
) -> None:
    result = run(sessions, file, "--dry-run", "--json")
    told = json.loads(result.stdout)
    assert (told["dry_run"], len(told["added"]), len(told["closed"])) == (True, 1, 1)
    assert session.scalar(select(func.count()).select_from(Area)) == 4
    assert session.scalars(area_by_code("2699052000")).all() == []
    assert session.scalars(area_by_code("2699053000")).one().name == "세나동"


def test_a_refused_file_changes_nothing(
    sessions: Sessions, session: Session, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "memo.txt").write_text("hello")
    result = run(sessions, tmp_path / "memo.txt", "--json")
    assert isinstance(result.exception, NotAMap)
    assert result.stdout == ""
    assert file.exists()
    assert session.scalar(select(func.count()).select_from(Area)) == 4


def test_a_dong_cannot_be_of_both_registers(sessions: Sessions, file: Path) -> None:
    result = run(sessions, file, "--register", "both")
    assert result.exit_code == 2
    assert "--register" in result.output


def test_a_file_that_is_not_there_is_a_usage_error(sessions: Sessions, tmp_path: Path) -> None:
    assert run(sessions, tmp_path / "nowhere.shp").exit_code == 2


def test_a_log_gets_steps_and_no_wheel(sessions: Sessions, file: Path) -> None:
    shown = run(sessions, file).stderr.splitlines()
    assert shown[0] == "· 행정동.shp 읽는 중 reading"
    assert all(line.startswith("· ") for line in shown)
