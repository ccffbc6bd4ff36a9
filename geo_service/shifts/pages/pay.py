"""The pay sheet of a month: on the page, as CSV and as XLSX, to the won the same."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.clock import KOREA, now
from geo_service.offices.access import Desk
from geo_service.shifts.files import csv_of, xlsx_of
from geo_service.shifts.schemas.asking import MonthQuery
from geo_service.shifts.workflow.paying import bounds, pay_sheet, still_open
from geo_service.web.render import page
from geo_service.web.session import ReadSession

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

router = APIRouter(include_in_schema=False)

Month = Annotated[MonthQuery, Query()]


@router.get("/office/pay")
def pay_page(request: Request, query: Month, desk: Desk, session: ReadSession) -> HTMLResponse:
    """Who is paid what, and above it what nobody has confirmed yet."""
    month = _first(query)
    today = now().astimezone(KOREA).date()
    return page(
        request,
        "shifts/pay.html",
        sheet=pay_sheet(session, month, desk.offices),
        still_open=still_open(session, month, desk.offices, today=today),
        before=month - timedelta(days=1),
        after=bounds(month)[1] + timedelta(days=1),
        is_over=bounds(month)[1] < today,
    )


@router.get("/office/pay.csv")
def pay_csv(query: Month, desk: Desk, session: ReadSession) -> Response:
    """The lines, for every spreadsheet."""
    sheet = pay_sheet(session, _first(query), desk.offices)
    return _file(csv_of(sheet), "text/csv; charset=utf-8", f"pay-{sheet.month}.csv")


@router.get("/office/pay.xlsx")
def pay_xlsx(query: Month, desk: Desk, session: ReadSession) -> Response:
    """People and lines, with sums that can be checked."""
    sheet = pay_sheet(session, _first(query), desk.offices)
    return _file(xlsx_of(sheet, at=now()), XLSX, f"pay-{sheet.month}.xlsx")


def _first(query: MonthQuery) -> date:
    if query.month:
        return date.fromisoformat(f"{query.month}-01")
    return now().astimezone(KOREA).date().replace(day=1)


def _file(body: bytes, media_type: str, name: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body, media_type=media_type, headers=headers)
