"""What was planned, held and attended; sessions, persons and person-times; how often it must be."""
