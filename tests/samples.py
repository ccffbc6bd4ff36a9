"""A site of one form with every kind of field, on the templates that all pages share."""

from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Annotated, Any

from fastapi import FastAPI, Request, UploadFile
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from pydantic import Field, model_validator

from geo_service.errors import BadField, Conflict
from geo_service.offices.access import Door, Doors
from geo_service.offices.models import Role
from geo_service.web import notes
from geo_service.web.assets import Assets
from geo_service.web.fields import (
    Agreed,
    Day,
    Email,
    FormModel,
    Line,
    Telephone,
    TimeOfDay,
    When,
    Whole,
    Won,
    unfit,
)
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.i18n import PREFIXES
from geo_service.web.problems import add_problem_handlers
from geo_service.web.render import load_templates, page
from geo_service.web.versions import IfMatch, edited, editing, tag


class Kind(StrEnum):
    """How often."""

    ONCE = auto()
    WEEKLY = auto()


class Dong(StrEnum):
    """Where."""

    SONGJEONG = auto()
    DOSAN = auto()


class OfferIn(FormModel):
    """Every kind of field."""

    title: Annotated[Line, Field(min_length=2, max_length=20)]
    body: Annotated[str, Field(max_length=100)] | None = None
    email: Email | None = None
    phone: Telephone | None = None
    secret: Annotated[str, Field(min_length=10)] | None = None
    pay_won: Annotated[Won, Field(ge=10_000)]
    seats: Annotated[Whole, Field(ge=1, le=20)] = 1
    day: Day | None = None
    starts: TimeOfDay | None = None
    until: When | None = None
    dong: Dong
    kind: Kind
    weekdays: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(max_length=7)] = []
    picture: UploadFile | None = None
    agreed: Agreed

    @model_validator(mode="after")
    def _weekly_has_days(self) -> "OfferIn":
        if self.kind is Kind.WEEKLY and not self.weekdays:
            raise unfit("Choose the days of the week.", "무슨 요일인지 골라 주세요.")
        return self


GOOD = {
    "title": "책 정리 돕기",
    "pay_won": "11,500",
    "dong": "dosan",
    "kind": "once",
    "agreed": "true",
}
"""What the form takes as it is."""


class EditIn(FormModel):
    """What may be changed of an offer."""

    title: Annotated[Line, Field(min_length=2)]
    body: str | None = None
    kind: Kind
    weekdays: list[int] = []
    urgent: bool = False


@dataclass
class Offer:
    """A row that counts its versions."""

    title: str = "책 정리"
    body: str | None = "서가에 꽂기"
    kind: Kind = Kind.ONCE
    weekdays: list[int] = field(default_factory=list)
    urgent: bool = False
    version: int = 1

    def change(self, **said: Any) -> None:
        """Somebody edits it."""
        for name, value in said.items():
            setattr(self, name, value)
        self.version += 1


class NobodyNeeded(Conflict):
    """Nobody is needed any more."""

    korean = "이제 일손이 필요하지 않아요."


class TitleIsTaken(BadField):
    """Another offer has this title."""

    korean = "같은 제목이 이미 있어요."


ROOMS = ("/office", "/office/jobs", "/office/applications", "/office/import", "/office/settings")
"""Of the office's rooms, those that have a door here."""


def a_site() -> FastAPI:
    """It thanks for what it could take; two titles are refused."""
    app = FastAPI()
    app.state.offer = Offer()
    app.state.doors = Doors(Door("GET", path, (Role.OFFICER,)) for path in ROOMS)
    assets = Assets()
    app.state.templates = load_templates(assets, "geo_service.web", "tests")
    add_problem_handlers(app)
    app.router.routes.extend(assets.routes())
    for prefix in PREFIXES:
        app.add_api_route(f"{prefix}/sample", _show, methods=["GET"])
        app.add_api_route(f"{prefix}/sample", _take, methods=["POST"])
        app.add_api_route(f"{prefix}/problem", _fail, methods=["GET"])
        app.add_api_route(f"{prefix}/office/sample", _office, methods=["GET"])
        app.add_api_route(f"{prefix}/office/jobs", _offered, methods=["POST"])
        app.add_api_route(f"{prefix}/done", _done, methods=["GET"])
        app.add_api_route(f"{prefix}/edit", _edit, methods=["GET"])
        app.add_api_route(f"{prefix}/edit", _change, methods=["POST"])
    app.add_api_route("/api/offer", _tell, methods=["GET"])
    app.add_api_route("/api/offer", _patch, methods=["PATCH"])
    return app


def _page(request: Request, form: Filled[OfferIn]) -> HTMLResponse:
    return page(request, "sample/form.html", status=form.status, form=form)


def _show(request: Request) -> HTMLResponse:
    return _page(request, blank(OfferIn, seats=2))


def _take(request: Request, sent: Sent) -> Response:
    form = filled(OfferIn, sent)
    if form.value is None:
        return _page(request, form)
    if form.value.title == "필요 없음":
        return _page(request, form.refused(NobodyNeeded()))
    if form.value.title == "같은 제목":
        return _page(request, form.refused(TitleIsTaken("title", "Choose another title.")))
    return PlainTextResponse(form.value.model_dump_json(exclude={"picture"}))


def _office(request: Request) -> HTMLResponse:
    request.state.roles = {Role.OFFICER}
    return page(request, "sample/office.html", people=("김이음", "박동네", "이도서"))


def _offered() -> RedirectResponse:
    answer = RedirectResponse("/done", status_code=303)
    notes.leave(answer, "sample.offered")
    return answer


def _done(request: Request) -> HTMLResponse:
    return page(request, "sample/done.html")


def _fail() -> None:
    raise NobodyNeeded


def _editor(request: Request, form: Filled[EditIn]) -> HTMLResponse:
    return page(request, "sample/edit.html", status=form.status, form=form)


def _edit(request: Request) -> HTMLResponse:
    return _editor(request, editing(EditIn, of=request.app.state.offer))


def _change(request: Request, sent: Sent) -> Response:
    form = edited(EditIn, sent, of=request.app.state.offer)
    if form.value is None:
        return _editor(request, form)
    request.app.state.offer.change(**form.value.model_dump())
    return RedirectResponse("/done", status_code=303)


def _tell(request: Request, response: Response) -> dict[str, Any]:
    offer: Offer = request.app.state.offer
    tag(response, offer.version)
    return {"title": offer.title, "body": offer.body}


def _patch(request: Request, wanted: EditIn, seen: IfMatch) -> int:
    offer: Offer = request.app.state.offer
    seen.expect(offer, wanted)
    offer.change(**wanted.model_dump(exclude_unset=True))
    return offer.version
