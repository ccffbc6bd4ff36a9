"""What every page of a case needs."""

from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from geo_service.cases.access import CaseAtHand
from geo_service.cases.schemas.forms import NoForm, OutcomeForm, PurposeForm, TalkForm
from geo_service.cases.workflow.reading import read_case
from geo_service.clock import KOREA, now
from geo_service.reports.files.categories import categories
from geo_service.web.forms import Filled, blank
from geo_service.web.render import page


def shown(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page with today's day and the words of all kinds of worry, kept by nobody.

    Good answers to a POST are kept to be given again, outside the walls: so none is one.
    """
    answer = page(
        request,
        f"cases/{template}.html",
        status=status if request.method == "GET" else max(status, HTTPStatus.UNPROCESSABLE_ENTITY),
        today=now().astimezone(KOREA).date(),
        kinds=categories(),
        **context,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def case_page(request: Request, at_hand: CaseAtHand, *forms: Filled[Any]) -> HTMLResponse:
    """A case, with what is wrong with one of its forms; a colleague's first asks what for."""
    if at_hand.needs_purpose:
        return shown(request, "purpose", form=blank(PurposeForm), case=at_hand.case)
    case = read_case(at_hand.desk.session, at_hand.look_into, at_hand.case)
    sent = {form.model: form for form in forms}
    talk: Filled[TalkForm] = sent.get(TalkForm) or blank(TalkForm)
    asked_for = request.query_params.get("talk") or "".join(talk.given.get("report_id", []))
    wrong = next((form.status for form in forms if form.is_refused), 200)
    return shown(
        request,
        "case" if at_hand.is_ours else "handed",
        status=wrong,
        case=case,
        answers_too=case.offered_to in at_hand.desk.claims.offices,
        asked=at_hand.asked,
        purpose=at_hand.purpose,
        form=sent.get(NoForm) or blank(NoForm),
        step_form=sent.get(OutcomeForm) or blank(OutcomeForm),
        talk_form=talk,
        talk_for=next((each.id for each in case.reports if str(each.id) == asked_for), None),
    )


def address_of(at_hand: CaseAtHand) -> str:
    """Of the page of a case, with the purpose that was said."""
    return f"/office/cases/{at_hand.case.id}{at_hand.asked}"


def deed_page(
    request: Request,
    at_hand: CaseAtHand,
    deed: str,
    form: Filled[Any],
    choices: Any = None,
    **context: Any,
) -> HTMLResponse:
    """One question about a case."""
    return shown(
        request,
        "deed",
        status=form.status,
        deed=deed,
        case=at_hand.case,
        asked=at_hand.asked,
        form=form,
        choices=choices,
        **context,
    )
