"""Letters: written in the deed's transaction, sent after its commit, never sent for nothing.

    send() ──commit──▶ waiting ──▶ carried by SMTP, or laid into the folder ──▶ gone
                         ▲                │ not now               │ never (550)
                         └── longer and longer pauses             ▼
                                                           gone, and counted

Its words and its address are in one table, `envelope`, for as long as it is on its way. A
procrastinate job that knows nothing but its id carries it. Whoever is killed meanwhile, no letter
is lost; it may leave twice, and then bears the same Message-ID, by which mailboxes know that it
is the same.
"""

from geo_service.mail.letter import Letter
from geo_service.mail.sending import send

__all__ = ["Letter", "send"]
