"""Where all parts meet: the list of every door, and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from secrets import token_bytes

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from geo_service import tables
from geo_service.about import pages as about_pages
from geo_service.accounts import pages as account_pages
from geo_service.accounts import routes as accounts
from geo_service.accounts.access.providers import Providers
from geo_service.accounts.workflow import Secret
from geo_service.areas import routes as areas
from geo_service.cases import pages as case_pages
from geo_service.cases import routes as cases
from geo_service.confidential.session import Vault
from geo_service.db.opening import Database
from geo_service.db.reader import PooledReader, Reader
from geo_service.db.session import CONFIDENTIAL_POOL_SIZE, WRITERS
from geo_service.desk import pages as desk_pages
from geo_service.facilities import pages as facility_pages
from geo_service.hiring import pages as hiring_pages
from geo_service.hiring import routes as hiring
from geo_service.jobs import pages as job_pages
from geo_service.jobs import routes as jobs
from geo_service.listings import pages as listing_pages
from geo_service.listings import routes as listings
from geo_service.listings.queries.census import Census
from geo_service.meetings import pages as meeting_pages
from geo_service.meetings import routes as meetings
from geo_service.my import pages as my_pages
from geo_service.my import routes as my
from geo_service.neighbourhoods import pages as neighbourhood_pages
from geo_service.neighbourhoods import routes as neighbourhoods
from geo_service.offices import pages as office_pages
from geo_service.offices import routes as offices
from geo_service.permissions import DOORS
from geo_service.programmes import pages as programme_pages
from geo_service.programmes import routes as programmes
from geo_service.reports import pages as report_pages
from geo_service.reports import routes as reports
from geo_service.settings import Settings
from geo_service.shifts import pages as shift_pages
from geo_service.shifts import routes as shifts
from geo_service.spaces import pages as space_pages
from geo_service.spaces import routes as spaces
from geo_service.spare import pages as spare_pages
from geo_service.spare import routes as spare
from geo_service.trust import pages as trust_pages
from geo_service.trust import routes as trust
from geo_service.urgent import pages as urgent_pages
from geo_service.urgent import routes as urgent
from geo_service.watchers import pages as watcher_pages
from geo_service.watchers import routes as watchers
from geo_service.web import health, metrics
from geo_service.web.assets import Assets
from geo_service.web.caching import packed
from geo_service.web.doorkeeper import Doorkeeper, TimeLimit
from geo_service.web.hot import HotDoors
from geo_service.web.i18n import PREFIXES
from geo_service.web.openapi import PROBLEMS, describe_problems
from geo_service.web.opening import open_doors
from geo_service.web.problems import add_problem_handlers
from geo_service.web.render import load_templates
from geo_service.web.session import Turns

ROUTES = (
    listings,
    areas,
    accounts,
    offices,
    jobs,
    hiring,
    spaces,
    watchers,
    trust,
    programmes,
    shifts,
    urgent,
    meetings,
    reports,
    cases,
    my,
    spare,
    neighbourhoods,
    health,
    metrics,
)
"""For programs."""

PAGES = (
    listing_pages,
    job_pages,
    facility_pages,
    hiring_pages,
    space_pages,
    watcher_pages,
    about_pages,
    account_pages,
    office_pages,
    trust_pages,
    urgent_pages,
    meeting_pages,
    report_pages,
    case_pages,
    programme_pages,
    shift_pages,
    my_pages,
    spare_pages,
    neighbourhood_pages,
    desk_pages,
)
"""For people, in every language."""

TEMPLATES = tuple(
    f"geo_service.{package}"
    for package in (
        "web",
        "listings",
        "jobs",
        "hiring",
        "spaces",
        "watchers",
        "facilities",
        "about",
        "accounts",
        "offices",
        "trust",
        "programmes",
        "shifts",
        "urgent",
        "meetings",
        "reports",
        "cases",
        "my",
        "spare",
        "neighbourhoods",
        "desk",
    )
)

FILE_DOORS = ("/office/import", "/office/import/facilities", "/report/photo")
"""Where offices send files, and neighbours a photo."""

DISCREET_DOORS = (
    "/report",
    "/my/reports",
    "/office/cases",
    "/office/surveys",
    "/office/looks",
    "/office/figures",
    "/api/v1/reports",
    "/api/v1/office/cases",
)
"""Below these no log and no figure tells what was done: it would tell how much is reported."""


NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}
"""FastAPI's own would pass on what people sent. Figures and logs are `web`'s."""


def build_app(
    settings: Settings,
    database: Database,
    *,
    reader: Reader | None = None,
    secret: bytes | None = None,
    vault: Vault | None = None,
) -> FastAPI:
    """The service, ready to serve from `database`.

    `reader` replaces the pool of the fast path. `secret` is shared by all that serve from one
    database; without one, what this process seals is read by no other. Without `vault`,
    confidential doors stay closed.
    """
    tables.complete()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.writing = Turns(database.sessions, WRITERS)
        app.state.reading = Turns(database.read_sessions)
        if confiding := app.state.vault:
            app.state.confiding = Turns(confiding.sessions, CONFIDENTIAL_POOL_SIZE)
        pool = PooledReader(database.read_url)
        app.state.reader = reader or pool
        yield
        await pool.close()

    app = FastAPI(
        title="동네이음",
        summary="Everything within a ten-minute walk.",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        responses=PROBLEMS,
        lifespan=lifespan,
        telemetry=NO_TELEMETRY,
    )
    assets = Assets()
    app.state.census = Census()
    app.state.doors = DOORS
    app.state.vault = vault
    app.state.secret = Secret(secret or token_bytes(32))
    app.state.providers = Providers(settings.oidc_providers)
    app.state.templates = load_templates(assets, *TEMPLATES, official_site=settings.official_site)
    add_problem_handlers(app)
    describe_problems(app)
    for part in ROUTES:
        open_doors(app, part.router)
    for prefix in PREFIXES:
        for part in PAGES:
            open_doors(app, part.router, prefix)
    app.router.routes.extend(assets.routes())
    app.add_middleware(packed)
    app.add_middleware(TimeLimit)
    app.add_middleware(HotDoors, [part.router for part in ROUTES], problems=app.exception_handlers)
    app.add_middleware(
        Doorkeeper,
        files_at=[p + path for p in PREFIXES for path in FILE_DOORS],
        discreet=tuple(p + path for p in PREFIXES for path in DISCREET_DOORS),
    )
    return app
