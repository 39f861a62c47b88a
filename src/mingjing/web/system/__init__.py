"""系统: the installation, the people and their posts, the settings, the calendar."""
