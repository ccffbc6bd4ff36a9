"""Reports leave the walls as fives of whole neighbourhoods and whole months, or not at all."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from geo_service.clock import KOREA, now
from geo_service.confidential.session import Vault
from geo_service.geo.cells import cells_within
from geo_service.geo.partition import partition, told
from geo_service.geo.place import Place
from geo_service.neighbourhoods.files.figures import Figure, NotFiguresOfHomes, read_figures
from geo_service.neighbourhoods.imports import take_in
from geo_service.neighbourhoods.imports.homes import spread
from geo_service.neighbourhoods.models import HomesInCell, Neighbourhood, PublishedCount
from geo_service.neighbourhoods.queries import borders, told_by_fives
from geo_service.neighbourhoods.workflow.publishing import publish
from geo_service.pilot.schemas.neighbours import NeighboursFile
from geo_service.pilot.workflow.loading import DATA
from geo_service.pilot.workflow.reading import read
from geo_service.reports.models import Stage
from tests.areas import a_district, a_dong, plot
from tests.db.conftest import Stepping
from tests.factories import an_office
from tests.neighbourhoods import TOWN, settled, within
from tests.reports import CLOCKWORK, a_case, a_report, a_step, lead

THIS_MONTH = datetime.combine(
    now().astimezone(KOREA).date().replace(day=1), datetime.min.time(), KOREA
)
LAST_MONTH = THIS_MONTH - timedelta(days=10)


@pytest.fixture
def centre(session: Session) -> UUID:
    return an_office(session).id


def reported(vault: Vault, centre: UUID, cells: list[int], **said: Any) -> None:
    case = a_case(vault, centre, stage=said.pop("stage", Stage.CONTACTED))
    for n, cell in enumerate(cells):
        a_report(
            vault,
            centre,
            case_id=case.id,
            **{"cell": within(cell, n), "told_at": LAST_MONTH} | said,
        )


def published(session: Session, vault: Vault) -> dict[int, int]:
    session.info["vault"] = vault
    publish(session, at=now())
    session.commit()
    counts = select(PublishedCount.neighbourhood_id, PublishedCount.told)
    return dict(session.execute(counts).all())


def test_homes_of_every_hexagon_make_the_one_partition(session: Session) -> None:
    outcome = settled(session)
    groups = partition(dict.fromkeys(TOWN, 40))
    assert (outcome.cells, outcome.homes) == (19, 760)
    assert outcome.neighbourhoods == len(groups) > 3
    kept = {name: frozenset(cells) for name, cells in session.execute(borders())}
    assert kept == groups


def hoods(session: Session) -> dict[int, frozenset[int]]:
    """Every neighbourhood, also one without hexagons."""
    cells = dict(session.execute(borders()).all())
    return {
        name: frozenset(cells.get(name, ())) for name in session.scalars(select(Neighbourhood.id))
    }


@pytest.mark.parametrize("real", [TOWN[12:], TOWN[6:], TOWN], ids=["beside", "across", "within"])
def test_invented_homes_give_way_to_real_ones_with_all_that_was_told_of_them(
    session: Session, vault: Vault, centre: UUID, real: list[int]
) -> None:
    invented, began = TOWN[:12], now()
    take_in(session, [Figure(1, 210, cell=cell) for cell in invented], invented=True, at=began)
    reported(vault, centre, [invented[0]] * 5)
    assert published(session, vault) == {invented[0]: 5}
    take_in(session, [], at=now())
    assert set(hoods(session)) == set(invented), "nothing real has come"
    outcome = take_in(session, [Figure(2, 120, cell=cell) for cell in real], at=now())
    known = session.scalars(select(HomesInCell)).all()
    assert {home.cell: home.homes for home in known} == dict.fromkeys(real, 120)
    assert not any(home.invented for home in known)
    assert hoods(session) == partition(dict.fromkeys(real, 120))
    assert outcome.neighbourhoods == len(real)
    assert all(
        hood.since and hood.since >= began for hood in session.scalars(select(Neighbourhood))
    )
    assert session.scalars(select(PublishedCount)).all() == []


def test_homes_that_the_demo_invented_before_they_said_so_give_way_too(
    stepping: Stepping,
) -> None:
    entry = read(DATA / "pilot_neighbours.json", NeighboursFile).homes
    demo = sorted(cells_within(Place(entry.lat, entry.lng), entry.within_m))
    overwritten, invented = demo[0], demo[1:]
    with Session(stepping.engine) as session:
        figures = [Figure(1, entry.each, cell=cell) for cell in [*invented, TOWN[0]]]
        take_in(session, [*figures, Figure(2, 150, cell=overwritten)], at=now())
        session.commit()
    stepping.back_to("facility_files")
    stepping.on()
    with Session(stepping.engine) as session:
        known = session.scalars(select(HomesInCell)).all()
        assert {home.cell for home in known if home.invented} == set(invented) - {TOWN[0]}
        assert len(known) == len({*demo, TOWN[0]})


def test_homes_of_a_dong_are_spread_over_its_hexagons_and_none_is_lost(session: Session) -> None:
    district = a_district(session)
    a_dong(session, district, "첫째동", "51000", shape=plot(0))
    by_name = Figure(2, 1003, district="시험구", dong="첫째동")
    outcome = take_in(session, [by_name, Figure(3, 9, dong="모를동")], within="부산", at=now())
    homes = session.scalars(select(HomesInCell.homes)).all()
    assert sum(homes) == outcome.homes == 1003
    assert max(homes) - min(homes) <= 1
    assert outcome.unknown == ["3: 모를동"]
    assert list(spread(5, [3, 1, 2])) == [(1, 2), (2, 2), (3, 1)]
    names = session.scalars(select(Neighbourhood.name)).all()
    assert set(names) == {"첫째동"}


@pytest.mark.parametrize(("within", "found"), [("옛광역시", 1), ("새특별시", 1), ("대구", 0)])
def test_a_dong_is_found_under_the_name_its_province_had(
    session: Session, within: str, found: int
) -> None:
    district = a_district(session)
    before = "옛광역시 시험구 첫째동"
    dong = a_dong(session, district, "첫째동", "51000", shape=plot(0), aliases=(before,))
    dong.full_name = "새특별시 시험구 첫째동"
    figure = Figure(2, 1003, district="시험구", dong="첫째동")
    assert take_in(session, [figure], within=within, at=now()).rows == found


def test_official_files_are_read_as_they_come() -> None:
    seoul = "기간\t자치구\t동\t구분\t계\n2020.2/4\t합계\t합계\t계\t9\n"
    seoul += "2020.2/4\t종로구\t소계\t계\t9\n2020.2/4\t종로구\t사직동\t계\t9,787\n"
    seoul += "2020.2/4\t종로구\t사직동\t외국인\t281\n"
    (one,) = read_figures(seoul.encode(), people_per_home=2)
    assert (one.district, one.dong, one.homes) == ("종로구", "사직동", 4894)
    (two,) = read_figures("행정동코드,세대수\n2920051000,120\n".encode("cp949"))
    assert (two.code, two.homes) == ("2920051000", 120)
    (three,) = read_figures(f"cell,households\n{TOWN[0]:x},7\n".encode())
    assert (three.cell, three.homes) == (TOWN[0], 7)
    for unfit in (seoul, "a,b\n1,2\n", "cell,households\nzzz,1\n", "세대수\n5\n"):
        with pytest.raises(NotFiguresOfHomes):
            read_figures(unfit.encode())


@pytest.mark.parametrize("written", ["1,300", "1,300세대", "1300.0", "1300 가구"])
def test_counts_are_read_as_offices_write_them(written: str) -> None:
    (one,) = read_figures(f'행정동코드\t세대수\n2920051000\t"{written}"\n'.encode())
    assert one.homes == 1300


@pytest.mark.parametrize(
    "written", ["12.5", "일백", "9" * 5000, "99999999999999", "-5", "", "1,30", "1300명쯤"]
)
def test_what_is_no_count_is_refused_with_its_line(written: str) -> None:
    text = f'행정동코드,세대수\n2920051000,5\n\n2920051100,"{written}"\n'
    with pytest.raises(NotFiguresOfHomes, match=r"^4번째 줄: ‘"):
        read_figures(text.encode())


@pytest.mark.parametrize(
    "cell", ["99999999999999999999999", "-8930c6320dbffff", "8_9", "f" * 16, "9" * 20]
)
def test_what_is_no_hexagon_is_refused_with_its_line(cell: str) -> None:
    with pytest.raises(NotFiguresOfHomes, match=r"^2번째 줄: ‘"):
        read_figures(f"cell,households\n{cell},5\n".encode())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("행정동코드,세대수\n".encode(), "자료가 없습니다"),
        ("동,세대수\n합계,5\n".encode(), "자료가 없습니다"),
        ("동,세대수\n,5\n".encode(), "2번째 줄: 어느 곳"),
        ("동,세대수\n첫째동,5\n".encode() + b"\xff\xff\n", "글자를 읽을 수 없습니다"),
        (f"동,세대수\n첫째동,5\n{'가' * 131_073},5\n".encode(), "3번째 줄: 칸을 나눌 수"),
        ("동,세대수\n".encode() + "첫째동,1000000\n".encode() * 61, "모두 더하면"),
        ("동,세대수\n".encode() + "첫째동,?\n".encode() * 11, "모두 11개"),
    ],
)
def test_a_file_of_which_nothing_sound_can_be_taken_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(NotFiguresOfHomes, match=words):
        read_figures(content)


def test_what_is_published_is_what_the_arithmetic_says(
    session: Session, vault: Vault, centre: UUID
) -> None:
    settled(session)
    chance = Random(4)
    cells = [chance.choice(TOWN[:8]) for _ in range(40)]
    reported(vault, centre, cells)
    assert (
        published(session, vault) == told(partition(dict.fromkeys(TOWN, 40)), Counter(cells)) != {}
    )


def test_one_report_below_a_multiple_changes_nothing_published(
    session: Session, vault: Vault, centre: UUID
) -> None:
    settled(session)
    home = Counter[int]()
    for name, cells in session.execute(borders()):
        home |= dict.fromkeys(cells, name)
    reported(vault, centre, [TOWN[0]] * 8)
    before = published(session, vault)
    assert before == {home[TOWN[0]]: 5}
    session.execute(text("DELETE FROM neighbourhood_publication"))
    reported(vault, centre, [TOWN[0], TOWN[-1]])
    assert published(session, vault) == {home[TOWN[0]]: 5}
    reported(vault, centre, [TOWN[0]] * 9)
    assert published(session, vault) == before, "a month that is out stays as it is"


def test_reports_that_led_to_nobody_are_not_told(
    session: Session, vault: Vault, centre: UUID
) -> None:
    settled(session)
    reported(vault, centre, [TOWN[0]] * 5, stage=Stage.UNREACHABLE)
    for n in range(5):
        a_report(vault, centre, cell=within(TOWN[9], n), told_at=LAST_MONTH)
    assert published(session, vault) == {}
    session.execute(text("DELETE FROM neighbourhood_publication"))
    case = a_case(vault, centre, stage=Stage.UNREACHABLE)
    a_step(vault, case, outcome="met")
    for n in range(5):
        a_report(vault, centre, cell=within(TOWN[18], n), told_at=LAST_MONTH, case_id=case.id)
    assert list(published(session, vault).values()) == [5]


def test_only_whole_months_that_are_over_are_told_and_only_by_clockwork(
    session: Session, vault: Vault, centre: UUID
) -> None:
    settled(session)
    reported(vault, centre, [TOWN[0]] * 5)
    reported(vault, centre, [TOWN[9]] * 5, told_at=now())
    reported(vault, centre, [TOWN[18]] * 5, told_at=THIS_MONTH - timedelta(days=400))

    def asked(until: datetime, claims: Any = CLOCKWORK) -> int:
        with vault.opened(claims) as walls:
            return len(walls.execute(told_by_fives(until)).all())

    assert asked(THIS_MONTH) == 1
    assert asked(THIS_MONTH + timedelta(seconds=1)) == 0
    assert asked(THIS_MONTH - timedelta(days=1)) == 0
    assert asked(THIS_MONTH + timedelta(days=40)) == 0
    assert asked((THIS_MONTH + timedelta(days=40)).replace(day=1)) == 0
    assert asked(THIS_MONTH, lead(centre)) == 0


def test_the_service_itself_cannot_ask(session: Session) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        session.execute(told_by_fives(THIS_MONTH))


def test_homes_that_were_made_up_open_nothing(
    session: Session, vault: Vault, centre: UUID, connection: Connection
) -> None:
    settled(session)
    reported(vault, centre, [TOWN[0]] * 5)
    connection.execute(text("UPDATE homes_in_cell SET homes = 3"))
    assert published(session, vault) == {}


def test_a_neighbourhood_with_other_borders_begins_anew(
    session: Session, vault: Vault, centre: UUID
) -> None:
    settled(session)
    reported(vault, centre, [cell for cell in TOWN for _ in range(5)])
    first = published(session, vault)
    assert len(first) == len(partition(dict.fromkeys(TOWN, 40)))
    settled(session, homes=41)
    assert session.scalars(select(Neighbourhood.since)).all() == [None] * len(first)
    settled(session, homes=60)
    before = {name: frozenset(cells) for name, cells in partition(dict.fromkeys(TOWN, 40)).items()}
    after = partition(dict.fromkeys(TOWN, 60))
    kept = {name for name in after if before.get(name) == after[name]}
    session.execute(text("DELETE FROM neighbourhood_publication"))
    assert published(session, vault).keys() == kept < after.keys()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("neighbourhood SET homes = 99", "neighbourhood_enough_homes_check"),
        ("neighbourhood SET name = ''", "neighbourhood_named_check"),
        ("homes_in_cell SET homes = -1", "homes_in_cell_some_homes_check"),
        ("homes_in_cell SET cell = -cell", "homes_in_cell_a_cell_check"),
        (
            "neighbourhood_publication SET until = '2026-01-02'",
            "neighbourhood_publication_whole_months_check",
        ),
        ("neighbourhood_count SET told = 4", "neighbourhood_count_by_fives_check"),
        ("neighbourhood_count SET told = 0", "neighbourhood_count_by_fives_check"),
    ],
)
def test_the_database_holds_fives_months_and_homes(
    session: Session, change: str, constraint: str
) -> None:
    settled(session)
    name = session.scalars(select(Neighbourhood.id)).first()
    until = {"until": date(2026, 10, 1), "at": now(), "id": name}
    session.execute(text("INSERT INTO neighbourhood_publication VALUES (:until, :at)"), until)
    session.execute(text("INSERT INTO neighbourhood_count VALUES (:until, :id, 5)"), until)
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(f"UPDATE {change}"))
