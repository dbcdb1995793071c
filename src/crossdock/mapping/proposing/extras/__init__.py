"""Further scorers, all off unless a person turns them on; the proposer does well without them."""
