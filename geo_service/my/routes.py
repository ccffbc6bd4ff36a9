"""All that is kept about oneself, for programs."""

from typing import Any

from fastapi import APIRouter, Response

from geo_service.accounts.access import SignedIn
from geo_service.clock import now
from geo_service.my.schemas import as_json
from geo_service.my.workflow import export_of
from geo_service.reports.access import MyRoom
from geo_service.web.session import ReadSession

router = APIRouter(prefix="/api/v1/my", tags=["me"])


@router.get("/export", responses={200: {"model": dict[str, Any]}})
def export(person: SignedIn, session: ReadSession, room: MyRoom) -> Response:
    """Everything the service keeps about me, by parts; of other people nothing."""
    told = export_of(session, person, at=now()) | {"reports": room.export()}
    document = as_json(told)
    headers = {"Cache-Control": "no-store"}
    return Response(document, media_type="application/json", headers=headers)
