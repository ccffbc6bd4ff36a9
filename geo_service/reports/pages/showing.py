"""How a page of telling is shown, and where the next one is."""

from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from geo_service.reports.access import DRAFT, Room
from geo_service.reports.files.categories import categories
from geo_service.reports.models import Draft
from geo_service.reports.pages.steps import DONG, PHOTO, Said, Steps
from geo_service.reports.workflow import drafts
from geo_service.reports.workflow.routing import dongs_with_centre
from geo_service.web.cookies import keep
from geo_service.web.forms import Filled
from geo_service.web.i18n import language_of
from geo_service.web.render import page


def steps_of(room: Room, draft: Draft | None) -> Steps:
    """What was said so far; nothing where there is no draft, or it was sent."""
    said: Said = drafts.answers(room.ring, draft) if draft and draft.step != drafts.SENT else {}
    return Steps(said, is_known=room.person is not None)


def ask(
    request: Request, session: Session, steps: Steps, step: str, form: Filled[Any], **also: object
) -> Response:
    """One question, which nobody but this browser sees."""
    return private(
        page(
            request,
            f"reports/{'photo' if step == PHOTO else f'ask_{step}'}.html",
            status=form.status,
            form=form,
            steps=steps,
            step=step,
            kinds=categories(),
            dongs=[(dong.id, dong.name) for dong in dongs_with_centre(session)]
            if step == DONG
            else [],
            **also,
        )
    )


def led_to(request: Request, step: str) -> Response:
    """To a page of telling."""
    address = f"{language_of(request).prefix}/report{step and f'/{step}'}"
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def keep_word(request: Request, answer: Response, word: str) -> Response:
    """Let this browser find its draft again."""
    seconds = int(drafts.KEPT_FOR.total_seconds())
    keep(request, answer, DRAFT, word, max_age_s=seconds)
    return answer


def private(answer: Response) -> Response:
    """Not to be kept by any browser or proxy, also not for its button back."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
