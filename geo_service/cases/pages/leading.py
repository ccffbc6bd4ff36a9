"""What a district's lead reads: sums, what is late, and who looked at what. Never a report."""

import csv
import re
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.cases.pages.shown import shown
from geo_service.cases.queries.figures import ending, idle, late, lookers, notable, progress
from geo_service.cases.workflow.figures import Figures, Quarter, figures_of
from geo_service.cases.workflow.standing_still import idle_since
from geo_service.clock import KOREA, now
from geo_service.confidential.access import AsLead, Confidential
from geo_service.reports.files.categories import categories
from geo_service.web.i18n import language_of

router = APIRouter(prefix="/office", default_response_class=HTMLResponse, include_in_schema=False)

HIDDEN = "5 미만 등 가림"
"""In files, for a count that may not be read."""

IN_FILES = {
    "centre": "동",
    "stage": "단계",
    "category": "어떤 일",
    "month": "달",
    "new": "새로",
    "assigned": "배정",
    "contacted": "방문",
    "connected": "연계",
    "unreachable": "못 만남",
    "closed": "끝남",
}
"""What stands for codes in files, which are Korean in every language."""

AQuarter = Annotated[str, Query(max_length=6)]
AMonth = Annotated[str, Query(max_length=7)]


def _quarter(words: str) -> Quarter:
    """`2026-4`; anything else, and what is still to come, is this one."""
    this = Quarter.of(_today())
    said = re.fullmatch(r"(20\d\d)-([1-4])", words)
    return min(this, Quarter(int(said[1]), int(said[2]))) if said else this


def _today() -> date:
    return now().astimezone(KOREA).date()


def _note(desk: Confidential, thing: str) -> None:
    """That a lead looks, with each of their centres: there it is reviewed like anybody's look."""
    desk.look_at_each(thing, [(None, centre) for centre in sorted(desk.claims.offices)])


def _tables(request: Request, told: Figures) -> list[tuple[str, dict[str, int | None]]]:
    tongue = language_of(request).value
    kinds = {
        categories()[key].told(tongue).name if key in categories() else key: count
        for key, count in told.by_category.shown.items()
    }
    return [
        ("centre", dict(told.by_centre.shown)),
        ("stage", dict(told.by_stage.shown)),
        ("category", kinds),
        ("month", dict(told.by_month.shown)),
    ]


@router.get("/figures")
def figures_page(request: Request, desk: AsLead, quarter: AQuarter = "") -> HTMLResponse:
    """Sums of a quarter; what is late now, stands still, or ends soon."""
    asked, today = _quarter(quarter), _today()
    _note(desk, "figures")
    told = figures_of(desk.session, desk.claims.offices, asked)
    return shown(
        request,
        "figures",
        quarter=asked,
        this_quarter=Quarter.of(today),
        told=told,
        tables=_tables(request, told),
        late=desk.session.execute(late(today)).all(),
        idle=desk.session.execute(idle(today, idle_since(now()))).all(),
        ending=desk.session.execute(ending(today)).all(),
        rounds=desk.session.execute(progress(today - timedelta(days=365))).all(),
    )


@router.get("/figures.csv", response_class=Response)
def figures_file(request: Request, desk: AsLead, quarter: AQuarter = "") -> Response:
    """The same sums for a spreadsheet."""
    asked = _quarter(quarter)
    _note(desk, "figures")
    told = figures_of(desk.session, desk.claims.offices, asked)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("구분", "항목", "알림"))
    writer.writerow(("전체", str(asked), _plain(told.total)))
    for name, rows in _tables(request, told):
        writer.writerows(
            (IN_FILES[name], IN_FILES.get(item, item), _plain(count))
            for item, count in rows.items()
        )
    headers = {
        "Content-Disposition": f'attachment; filename="figures-{asked}.csv"',
        "Cache-Control": "no-store",
    }
    body = text.getvalue().encode("utf-8-sig")
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


def _plain(count: int | None) -> str:
    return HIDDEN if count is None else str(count)


@router.get("/looks")
def looks_page(request: Request, desk: AsLead, month: AMonth = "") -> HTMLResponse:
    """Who looked at what in a month, without what they read."""
    first, after = _month(month)
    centres = desk.claims.offices
    _note(desk, "looks")
    asked: dict[str, Any] = {"centres": centres, "first": first, "after": after}
    return shown(
        request,
        "looks",
        month=first,
        before=f"{first - timedelta(days=1):%Y-%m}",
        after=f"{after:%Y-%m}" if after <= now() else "",
        people=desk.session.execute(lookers(**asked)).all(),
        notable=desk.session.execute(notable(**asked)).all(),
    )


def _month(words: str) -> tuple[datetime, datetime]:
    """Its first moment, and the first after it; this month unless said otherwise."""
    said = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", words)
    today = _today()
    year, number = (int(said[1]), int(said[2])) if said else (today.year, today.month)
    first = datetime(year, number, 1, tzinfo=KOREA)
    return first, datetime(year + number // 12, number % 12 + 1, 1, tzinfo=KOREA)
