"""What is written down outside the database: the training, and the token on a card."""
