"""Cases: parties, dated events, exclusions, chains of numbers, tags."""
