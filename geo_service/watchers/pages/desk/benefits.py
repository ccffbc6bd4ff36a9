"""What an office thanks watchers with, and how often it was used."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.offices.access import ActingDesk, Desk, Work, the_office
from geo_service.offices.queries import offices_in
from geo_service.watchers.access import HeldBenefit, TheBenefit
from geo_service.watchers.models import Benefit
from geo_service.watchers.pages.ways import pages, today
from geo_service.watchers.queries.benefits import benefits_of, uses_in, uses_of
from geo_service.watchers.schemas.forms import BenefitForm, NewBenefitForm
from geo_service.watchers.workflow.offering import Offer, change, end_offer, offer
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import edited, editing

router = pages()

HERE = "/office/benefits"


def _offer(told: BenefitForm) -> Offer:
    return Offer(told.title, told.partner, told.good_from, told.good_until, told.words)


@router.get(HERE)
def benefits_page(request: Request, desk: Desk, session: ReadSession) -> HTMLResponse:
    """All that one's offices offer, with the uses of this month."""
    month = today().replace(day=1)
    return page(
        request,
        "watchers/desk/benefits.html",
        benefits=session.scalars(benefits_of(desk.offices)).all(),
        uses={row.benefit_id: row.uses for row in session.execute(uses_in(month, desk.offices))},
        several=len(desk.offices) > 1,
        today=today(),
    )


def _new(
    request: Request, session: Session, desk: Work, form: Filled[NewBenefitForm]
) -> HTMLResponse:
    offices = session.scalars(offices_in(desk.offices)).all()
    return page(
        request, "watchers/desk/new_benefit.html", status=form.status, form=form, offices=offices
    )


@router.get(HERE + "/new")
def new_benefit_page(request: Request, desk: Desk, session: ReadSession) -> HTMLResponse:
    """What it is, where, and from when."""
    return _new(request, session, desk, blank(NewBenefitForm, good_from=today()))


@router.post(HERE + "/new")
def offer_benefit(
    request: Request, desk: ActingDesk, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Offer it."""
    form = filled(NewBenefitForm, sent)
    if form.value is not None:
        with form.attempt(session):
            office = the_office(session, desk, form.value.office_id)
            offer(session, office.id, _offer(form.value), at=now())
            return led(request, HERE, "watchers.offered")
    return _new(request, session, desk, form)


def _one(
    request: Request, session: Session, benefit: Benefit, form: Filled[BenefitForm]
) -> HTMLResponse:
    return page(
        request,
        "watchers/desk/benefit.html",
        status=form.status,
        benefit=benefit,
        uses=session.scalars(uses_of(benefit.id)).all(),
        form=form,
        is_good=benefit.is_good(today()),
    )


@router.get(HERE + "/{benefit_id:uuid}")
def benefit_page(request: Request, benefit: TheBenefit, session: ReadSession) -> HTMLResponse:
    """One of them, to correct, with its uses month by month."""
    return _one(request, session, benefit, editing(BenefitForm, of=benefit))


@router.post(HERE + "/{benefit_id:uuid}")
def change_benefit(
    request: Request, benefit: HeldBenefit, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Say it otherwise."""
    form = edited(BenefitForm, sent, of=benefit)
    if form.value is not None:
        with form.attempt(session):
            change(session, benefit, _offer(form.value))
            return led(request, HERE, "watchers.changed")
    return _one(request, session, benefit, form)


@router.post(HERE + "/{benefit_id:uuid}/end")
def end_benefit(
    request: Request, benefit: HeldBenefit, session: DbSession, _once: Once
) -> Response:
    """Offer it no more."""
    form = editing(BenefitForm, of=benefit)
    with form.attempt(session):
        end_offer(session, benefit, at=now())
        return led(request, HERE, "watchers.offer_ended")
    return _one(request, session, benefit, form)
