"""The public entrance for reports: minimal, without scripts, calling only the services its contract lists."""
