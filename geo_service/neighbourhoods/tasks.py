"""What happens by itself."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from geo_service.later import Payload, task
from geo_service.neighbourhoods.workflow.publishing import publish


@task("neighbourhoods.publish", every=timedelta(days=1))
def publish_the_month(session: Session, _payload: Payload, at: datetime) -> None:
    """Publish when a month is over; on other days there is nothing to do."""
    publish(session, at=at)
