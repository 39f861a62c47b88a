"""The door: log-in, second factor, passkeys, the court's identity server, and one's own safety."""
