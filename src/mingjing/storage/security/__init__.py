"""Second factors, passkeys, sessions, outside identities."""
