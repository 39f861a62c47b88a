"""Django's SQLite, with the way into a transaction and out of it cut short."""
