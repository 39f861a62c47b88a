"""Writing a definition in the browser: begun, checked while one types, approved, published as a file."""
