"""What neighbours tell of somebody who may need help: never public, never lost, never counted.

      draft, sealed ──sent──▶ report ──▶ the centre that answers (`cases` follows it up)
       24 hours                │  ▲
                        code or account: messages both ways, the stage, and nothing more

Whoever tells may stay unknown: a receipt code, shown once, opens the conversation. A report goes
to the centre of the dong around its place; near a border both centres are told, and one accepts;
where the place is unknown the reporter names the dong, and the centre reads that it is unconfirmed.
What is said is sealed before it is kept; every reading of it leaves a line.
"""
