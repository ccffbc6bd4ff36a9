"""Whether the service lives, and whether it can answer."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from geo_service.db.migrate import pending
from geo_service.db.session import Sessions

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers. Asks nothing of the database: a slow one is no reason to restart."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(request: Request) -> Response:
    """The database answers too, and its schema is the one this code knows."""
    sessions: Sessions = request.app.state.read_sessions
    try:
        with sessions() as session:
            waiting = pending(session.connection())
    except SQLAlchemyError:
        return JSONResponse({"status": "the database does not answer"}, status_code=503)
    if waiting:
        return JSONResponse({"status": "migrations are outstanding"}, status_code=503)
    return JSONResponse({"status": "ready"})
