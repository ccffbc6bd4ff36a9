"""Take somebody out of what is planned."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from geo_service.watchers.models import Activity, Part, Watcher


def take_out(session: Session, watcher: Watcher, *, since: datetime) -> None:
    """They come to nothing that is still to begin."""
    ahead = select(Activity.id).where(Activity.starts_at > since)
    session.execute(delete(Part).where(Part.watcher_id == watcher.id, Part.activity_id.in_(ahead)))
