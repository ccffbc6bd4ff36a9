"""The office's pages: who joins, what is planned, what is offered."""
