"""The public window: what somebody without a login may hand in, ask, add and rate (docs/decisions/0042)."""
