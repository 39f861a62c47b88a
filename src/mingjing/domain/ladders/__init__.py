"""Who is told when a last day nears or has passed: the ladders of warnings every clock shares."""
