"""What the columns are that nobody explained: proposed from evidence, with a reason in words."""
