"""Notes, tasks, appointments, sales activities: `kinds` has the rules of each."""
