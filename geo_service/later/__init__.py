"""What happens later inside the database: exactly once, whoever is killed meanwhile.

    queue() ──commit──▶ waiting ──due, claimed──▶ effect and delete in one commit ──▶ gone
                          ▲                           │ fails
                          └──────── after a pause ────┴── after the last pause ──▶ put aside

A task is queued in the transaction of the deed that wants it, so there is never one without the
other. A worker claims it, lets it take effect and deletes it in one transaction, so its effect is
there exactly once. Only what lives in this database may be an effect; what leaves it (mail) may
happen twice and goes another way.

A package writes its effects in `tasks.py`:

    @task("jobs.close")
    def close(session: Session, payload: Payload, at: datetime) -> None: …

    @task("accounts.forget_old_sign_ins", every=timedelta(hours=1))
    def forget(session: Session, payload: Payload, at: datetime) -> None: …

and its deeds queue them by name: `later.queue(session, "jobs.close", {"job": str(id)})`. A payload
holds ids, never what people said or who they are. An effect neither commits nor waits for the
world.
"""

from geo_service.later.queueing import drop, queue
from geo_service.later.registry import Payload, task

__all__ = ["Payload", "drop", "queue", "task"]
