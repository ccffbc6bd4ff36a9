"""What a walk finds: exactly what the ellipsoid says, in exact order, on the intended index."""

from random import Random
from unicodedata import normalize

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.geo.ellipsoid import metres_between
from geo_service.geo.place import Place
from geo_service.listings.models import Kind, Listing
from geo_service.listings.queries import Search, census, find, statements
from geo_service.listings.queries.beyond import beyond
from geo_service.listings.queries.census import Census
from geo_service.listings.queries.nearby import Ask, finding
from geo_service.listings.queries.statements import Shape
from geo_service.listings.queries.visible import has_trigram, word_values
from tests.factories import HOME, a_job, a_space, an_office, walk


class Everything(Census):
    """A census to which every kind is rare, so that the cells are searched."""

    def is_stale(self, _: object) -> bool:
        """Never: it knows."""
        return False

    def rare(self, _: object) -> bool:
        """Always."""
        return True


def found(session: Session, search: Search, counted: Census | None = None) -> list[str]:
    """The titles of all pages."""
    titles: list[str] = []
    cursor = None
    while True:
        page = find(session, search, at=now(), cursor=cursor, counted=counted)
        titles += [feature["properties"]["title"] for feature in page.features]
        if (cursor := page.cursor) is None:
            return titles


def by_the_oracle(session: Session, here: Place, within_m: float) -> list[tuple[str, float]]:
    """The same from PostGIS on the spheroid: (title, metres), by distance and id."""
    metres = func.ST_Distance(
        Listing.place, func.ST_GeogFromText(f"POINT({here.lng!r} {here.lat!r})")
    )
    rows = session.execute(
        select(Listing.title, metres).where(metres <= within_m).order_by(metres, Listing.id)
    )
    return [(title, float(distance)) for title, distance in rows]


def scatter(session: Session, around: Place, count: int, reach_m: float, seed: int) -> None:
    """Jobs all around a place, a third of them at shared points."""
    random = Random(seed)
    office = an_office(session)
    shared = [walk(random.uniform(0, reach_m), random.uniform(0, 360), around) for _ in range(5)]
    for n in range(count):
        own = walk(reach_m * random.random() ** 0.5, random.uniform(0, 360), around)
        place = random.choice(shared) if n % 3 == 0 else own
        a_job(session, office_id=office.id, place=place, title=str(n))


EVERYWHERE = {
    "Gwangsan": HOME,
    "Jeju": Place(33.4996, 126.5312),
    "Goseong": Place(38.38, 128.4676),
    "equator": Place(0.0, 32.5),
    "antimeridian": Place(-16.8, 179.9999),
    "beyond it": Place(-16.8, -179.9995),
    "Svalbard": Place(78.22, 15.65),
    "north of the plane": Place(89.9, 40.0),
    "south pole": Place(-90.0, 0.0),
    "pentagon": Place(10.536199, 143.478490),
    "edge of a face": Place(36.2, 129.5),
}


@pytest.mark.parametrize("where", EVERYWHERE)
@pytest.mark.parametrize("within_m", [1.0, 700.0, 5_000.0])
def test_a_walk_finds_what_the_ellipsoid_says(
    session: Session, where: str, within_m: float
) -> None:
    here = EVERYWHERE[where]
    scatter(session, here, 60, within_m * 1.3, seed=int(within_m))
    expected = by_the_oracle(session, here, within_m)
    search = Search(here, within_m=within_m, limit=7)
    assert found(session, search) == [title for title, _ in expected]


@pytest.mark.parametrize("where", ["Gwangsan", "equator", "Svalbard"])
def test_both_ways_lead_to_the_same_listings(session: Session, where: str) -> None:
    here = EVERYWHERE[where]
    scatter(session, here, 80, 900, seed=3)
    search = Search(here, kinds=(Kind.JOB,), limit=9)
    by_cells = found(session, search, Everything())
    assert by_cells == found(session, search)
    assert by_cells


@pytest.mark.parametrize("millimetres", [-1, 1])
@pytest.mark.parametrize("bearing", [0, 45, 90, 213])
@pytest.mark.parametrize("within_m", [1.0, 33.0, 700.0, 4_999.0])
def test_the_rim_is_sharp_to_the_millimetre(
    session: Session, within_m: float, bearing: float, millimetres: int
) -> None:
    a_job(session, place=walk(within_m + millimetres / 1000, bearing))
    assert bool(found(session, Search(HOME, within_m=within_m))) is (millimetres < 0)


def test_a_thousand_listings_at_one_point_come_in_order_of_id(session: Session) -> None:
    office = an_office(session)
    place = walk(300, 70)
    for n in range(200):
        a_job(session, office_id=office.id, place=place, title=str(n))
    a_job(session, office_id=office.id, place=walk(299.999, 250), title="nearer")
    session.execute(
        text("""
        INSERT INTO listing (id, kind, title, summary, address, office_id, published_at, source,
                             essentials, place, cell)
        SELECT gen_random_uuid(), kind, title, summary, address, office_id, published_at, source,
               essentials, place, cell
        FROM listing, generate_series(1, 4) WHERE title <> 'nearer'
    """)
    )
    session.commit()
    ids = [
        feature["id"]
        for page in [find(session, Search(HOME, limit=50), at=now())]
        for feature in page.features
    ]
    expected = session.scalars(
        select(Listing.id).where(Listing.title != "nearer").order_by(Listing.id)
    )
    assert ids[1:] == [str(id_) for id_ in expected.fetchmany(49)]
    assert len(found(session, Search(HOME, limit=200))) == 1_001


def test_distances_are_those_of_the_ellipsoid(session: Session) -> None:
    scatter(session, HOME, 40, 4_900, seed=11)
    page = find(session, Search(HOME, within_m=5_000), at=now())
    for feature in page.features:
        lng, lat = feature["geometry"]["coordinates"]
        told = feature["properties"]["distance_m"]
        assert told == pytest.approx(metres_between(HOME, Place(lat, lng)), abs=0.0501)


def test_the_nearest_beyond_is_the_nearest_on_the_ground(session: Session) -> None:
    office = an_office(session)
    random = Random(5)
    for n in range(30):
        place = walk(random.uniform(30_000, 34_000), random.uniform(0, 360))
        a_job(session, office_id=office.id, place=place, title=str(n))
    beyond = find(session, Search(HOME), at=now()).nearest_beyond
    assert beyond is not None
    (nearest, metres), *_ = by_the_oracle(session, HOME, 50_000)
    assert beyond["properties"]["title"] == nearest
    assert beyond["properties"]["distance_m"] == pytest.approx(metres, abs=0.0501)


def test_the_nearest_beyond_may_lie_across_the_antimeridian(session: Session) -> None:
    office = an_office(session)
    here = Place(-16.8, 179.99)
    for n in range(90):
        place = Place(-16.8, 178.0 + n / 1_000)
        a_job(session, office_id=office.id, place=place, title="this side")
    a_job(session, office_id=office.id, place=Place(-16.8, -179.98), title="other side")
    for search in (Search(here), Search(here, kinds=(Kind.JOB,))):
        beyond = find(session, search, at=now()).nearest_beyond
        assert beyond is not None
        assert beyond["properties"]["title"] == "other side"


def test_a_kind_is_looked_for_as_far_as_one_would_go(session: Session) -> None:
    a_space(session, place=walk(19_000))
    a_job(session, place=walk(21_000))
    only_jobs = find(session, Search(HOME, kinds=(Kind.JOB,)), at=now())
    assert only_jobs.nearest_beyond is None
    anything = find(session, Search(HOME), at=now()).nearest_beyond
    assert anything is not None
    assert anything["properties"]["kind"] == "space"


def test_from_the_pole_the_nearest_beyond_is_still_told(session: Session) -> None:
    a_job(session)
    beyond = find(session, Search(Place(90, 0)), at=now()).nearest_beyond
    assert beyond is not None


@pytest.fixture
def country(owner_session: Session) -> Session:
    """Thousands of listings all over Korea, with statistics, so that plans are those of use."""
    an_office(owner_session)
    a_space(owner_session)
    owner_session.execute(
        text("""
        INSERT INTO listing (id, kind, title, summary, address, office_id, published_at, source,
                             place, cell)
        SELECT gen_random_uuid(), CASE n % 50 WHEN 0 THEN 'job' ELSE 'space' END,
               'Nr. ' || md5(n::text), '', '', office_id, published_at, source,
               ST_MakePoint(126 + n * 0.6180339 % 3, 34 + n * 0.7548776 % 4), cell + n * 262144
        FROM listing, generate_series(1, 8000) AS n
    """)
    )
    owner_session.execute(text("ANALYZE listing"))
    return owner_session


def plan(session: Session, ask: Ask) -> str:
    """How PostgreSQL means to answer, for any values, as the fast path has it plan."""
    session.execute(text("SET LOCAL plan_cache_mode = force_generic_plan"))
    rows = session.connection().exec_driver_sql("EXPLAIN " + ask.statement, dict(ask.values))
    return "\n".join(row[0] for row in rows)


def explained(session: Session, search: Search, *, counted: Census | None = None) -> str:
    """The plan of the statement that a search asks first."""
    under_way = finding(search, at=now(), cursor=None, counted=counted or Census())
    return plan(session, next(under_way))


def test_the_plane_index_hands_out_candidates_in_order(country: Session) -> None:
    told = explained(country, Search(HOME))
    assert "using listing_plane_idx" in told
    assert "Order By: (plane <->" in told


def test_the_cell_index_finds_rare_kinds(country: Session) -> None:
    told = explained(country, Search(HOME, kinds=(Kind.JOB,)), counted=Everything())
    assert "listing_cell_idx" in told


def test_short_words_and_hours_are_asked_along_the_plane(country: Session) -> None:
    for search in (Search(HOME, words="모임"), Search(HOME, open_at=now())):
        assert "listing_plane_idx" in explained(country, search)


def test_longer_words_are_counted_and_found_by_the_index_on_words(country: Session) -> None:
    search = Search(HOME, words="작은 도서관")
    under_way = finding(search, at=now(), cursor=None, counted=Census())
    count = next(under_way)
    bearers = under_way.send([(census.FEW - 1,)])
    for ask in (count, bearers):
        assert "listing_words_idx" in plan(country, ask)


def test_longer_words_are_found_where_they_are_near(session: Session) -> None:
    a_space(session, title="작은 도서관", place=walk(300))
    a_space(session, title="작은 도서관", place=walk(3_000))
    assert found(session, Search(HOME, words="작은 도서관")) == ["작은 도서관"]


def test_common_words_are_met_along_the_plane(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = an_office(session)
    for n in range(30):
        a_space(session, office_id=office.id, title=f"회의실 {n}", place=walk(20 * n))
    search = Search(HOME, words="회의실", limit=7)
    by_words = found(session, search)
    monkeypatch.setattr(census, "FEW", 5)
    assert found(session, search) == by_words
    assert len(by_words) == 30


def test_words_do_not_reach_over_from_the_title_to_the_office(session: Session) -> None:
    a_job(session, title="책 정리", office_id=an_office(session, name="송정도서관").id)
    assert found(session, Search(HOME, words="책정리")) == ["책 정리"]
    assert found(session, Search(HOME, words="정리송")) == []
    assert found(session, Search(HOME, words="책\u3000송정")) == ["책 정리"]
    assert found(session, Search(HOME, words=normalize("NFD", "책정리"))) == ["책 정리"]


def test_the_nearest_beyond_comes_from_the_plane_index(country: Session) -> None:
    values = {"at": now(), "lng": HOME.lng, "lat": HOME.lat, "x": 0.0, "y": 0.0}
    told = plan(country, Ask(statements.first_beyond(Shape()), values))
    assert "listing_plane_idx" in told


def test_words_without_letters_are_not_looked_up_in_the_index_of_words() -> None:
    assert not has_trigram(word_values("!!!")["longest"])
    assert not has_trigram(word_values("책 !!!!!")["longest"])
    assert word_values("!!!!! 도서관")["longest"] == "%도서관%"
    assert has_trigram(word_values("도서관!")["longest"])


def test_what_is_closed_between_two_questions_is_not_the_nearest_beyond() -> None:
    asking = beyond(Search(HOME), Shape(), {"at": now()})

    def answer_all() -> None:
        ask = next(asking)
        while True:
            is_first = ask.statement == statements.first_beyond(Shape())
            ask = asking.send([(31_000.0,)] if is_first else [])

    with pytest.raises(StopIteration) as ended:
        answer_all()
    assert ended.value.value == b"null"
