"""Whether the service lives, and whether it can answer."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from geo_service.db.migrate import SchemaIsNewer, pending
from geo_service.web.session import ReadSession

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers, without a thread and without the database: busy is not dead."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(session: ReadSession) -> Response:
    """The database answers too, and its schema is the one this code knows."""
    try:
        waiting = pending(session.connection())
    except SchemaIsNewer:
        waiting = ()  # a newer version migrates before it takes over; old ones go on meanwhile
    except SQLAlchemyError:
        return JSONResponse({"status": "the database does not answer"}, status_code=503)
    if waiting:
        return JSONResponse({"status": "migrations are outstanding"}, status_code=503)
    return JSONResponse({"status": "ready"})
