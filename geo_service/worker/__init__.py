"""Whatever happens after the answer: effects inside the database, and letters that leave it.

One process does both. However many run, each effect happens once, and a letter that leaves twice
is the same letter; so a worker may be killed at any moment. A database that is away is waited
for.

A process and not a thread of the service: what it does takes no turn of the interpreter from the
pages, and should it die, pages go on. `serve` keeps one beside itself where nobody else would.
"""
