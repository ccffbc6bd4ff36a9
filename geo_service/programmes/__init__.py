"""Allowance programmes: a budget, an hourly rate, and how many hours each person may work.

    open ──budget used up, or its time over──▶ (nothing more can be planned) ──▶ closed

What is planned counts at once, so that nobody is promised money or hours that are not there. The
database keeps the balance: `programme_take` moves it, and two CHECKs refuse whatever is over the
budget or over a person's hours, whoever writes the row and however.
"""
