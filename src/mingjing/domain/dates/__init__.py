"""Civil dates: durations, months, working days, spans."""
