"""Staff pages, rendered on the server; a module per page family."""
