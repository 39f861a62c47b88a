"""审计: the log of acts."""
