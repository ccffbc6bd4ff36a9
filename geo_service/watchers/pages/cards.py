"""One's card, on the telephone and on paper."""

from fastapi import Request, Response
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once, TheSecret
from geo_service.accounts.workflow import Secret
from geo_service.clock import now
from geo_service.watchers.access import MyChangingMembership, MyMembership
from geo_service.watchers.models import CardKind, Watcher
from geo_service.watchers.pages.ways import pages, secretly, today
from geo_service.watchers.queries.benefits import benefits_for
from geo_service.watchers.workflow.cards import SHOWN_FOR, make_card, replace_cards, show
from geo_service.web.onward import led
from geo_service.web.qr import qr_picture
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = pages()

HERE, PAPER = "/my/card", "/my/card/paper"


def _reader(request: Request, letters: str) -> str:
    """The page that reads a card, in Korean: it is for who is shown it."""
    return f"{request.base_url}card/{letters}"


def _page(
    request: Request, session: Session, secret: Secret, watcher: Watcher, kind: CardKind
) -> Response:
    shown = show(session, secret, watcher, kind, at=now())
    benefits = session.scalars(benefits_for(watcher.office_id, today())).all()
    answer = page(
        request,
        "watchers/card.html" if kind is CardKind.PHONE else "watchers/paper.html",
        watcher=watcher,
        shown=shown,
        picture=qr_picture(_reader(request, shown.letters), is_fluid=True) if shown else "",
        benefits=benefits,
        renew_s=int(SHOWN_FOR.total_seconds()) // 2,
    )
    return secretly(answer)


@router.get(HERE)
def card_page(
    request: Request, mine: MyMembership, session: ReadSession, secret: TheSecret
) -> Response:
    """The card, signed anew for the next minutes; and what one gets for it."""
    if mine is None or not mine.is_valid(now()):
        return led(request, "/my/watch")
    return _page(request, session, secret, mine, CardKind.PHONE)


@router.post(HERE)
def new_card(
    request: Request, mine: MyChangingMembership, session: DbSession, secret: TheSecret, _once: Once
) -> Response:
    """A new one; whatever was lost, on a telephone or on paper, is good no more."""
    if mine is None or not mine.is_valid(now()):
        return led(request, "/my/watch")
    replace_cards(session, secret, mine, at=now())
    return led(request, HERE, "watchers.new_card")


@router.get(PAPER)
def paper_page(
    request: Request, mine: MyMembership, session: ReadSession, secret: TheSecret
) -> Response:
    """The card to be printed, which is good as long as the membership."""
    if mine is None or not mine.is_valid(now()):
        return led(request, "/my/watch")
    return _page(request, session, secret, mine, CardKind.PAPER)


@router.post(PAPER)
def new_paper(
    request: Request, mine: MyChangingMembership, session: DbSession, secret: TheSecret, _once: Once
) -> Response:
    """A new one on paper; the one before is good no more."""
    if mine is None or not mine.is_valid(now()):
        return led(request, "/my/watch")
    make_card(session, secret, mine, CardKind.PAPER, at=now())
    return led(request, PAPER, "watchers.new_paper")
