"""线索: the pages of those who work on sealed leads."""
