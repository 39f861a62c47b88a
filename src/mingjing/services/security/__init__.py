"""Logging in: passwords, guesses, second factors, passkeys, sessions, outside identity."""
