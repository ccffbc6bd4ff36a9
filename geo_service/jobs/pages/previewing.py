"""A job as it will look on a phone, while it is still being typed."""

from typing import Any

from pydantic import ValidationError

from geo_service.hours.korean import week_words
from geo_service.hours.week import Span, merged
from geo_service.jobs.models import PayUnit
from geo_service.jobs.schemas.forms import ROWS, JobForm, Where
from geo_service.jobs.schemas.offers import Shifts
from geo_service.listings.models import Kind
from geo_service.offices.models import Office
from geo_service.web.forms import Filled


def preview(form: Filled[Any], office: Office | None) -> dict[str, Any]:
    """What the card shows of a form, as far as it is filled."""
    given = {name: said[-1] for name, said in form.given.items() if said}
    elsewhere = given.get("where") == Where.ELSEWHERE
    address = given.get("address", "") if elsewhere else office and office.address
    pay = "".join(sign for sign in given.get("pay_won", "") if sign.isdigit())
    return {
        "kind": Kind.JOB,
        "title": given.get("title", ""),
        "pay_unit": given.get("pay_unit", PayUnit.HOUR),
        "pay_won": int(pay[:9] or 0),
        "hours_words": _hours(form),
        "office": office.name if office else "",
        "address": address or "",
        "demo": False,
        "urgent_until": None,
    }


def _hours(form: Filled[Any]) -> str:
    if isinstance(form.value, JobForm):
        week = form.value.offer().week
        return week_words(week) if week else ""
    spans: list[Span] = []
    for row in ROWS:
        starts, ends = form.given.get(f"starts{row}"), form.given.get(f"ends{row}")
        if (days := form.given.get(f"days{row}")) and starts and ends:
            try:
                told = Shifts.model_validate({"days": days, "starts": starts[-1], "ends": ends[-1]})
            except ValidationError:
                continue
            spans += told.spans()
    return week_words(merged(spans)) if spans else ""
