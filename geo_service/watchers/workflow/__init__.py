"""What is done about watchers: enrol, decide, show and read cards, offer, count, plan, leave."""
