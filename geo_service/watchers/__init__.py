"""Watchers: residents who look after their alley, with a card, and what offices thank them with.

    enrolled ──▶ waiting ──the dong centre──▶ confirmed ──a year──▶ asked to renew ──▶ gone by
                    └──▶ declined, with a reason        └──▶ ended, with a reason

A card is a token of 87 bytes: what it says is signed (Ed25519), what it shows is looked up. The
QR on a telephone is good for minutes and is signed anew whenever it is shown; one on paper lasts
as long as the membership. A card that is not in the table is revoked, so nothing is kept of
cards that were lost. Whoever reads a card sees what stands on it; nobody writes down that it was
read, and where a discount was used, only the use is counted.
"""
