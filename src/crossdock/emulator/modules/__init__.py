"""Custom modules and their records."""
