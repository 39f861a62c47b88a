"""Proof: signed checkpoints of the log, witnesses, verification of the whole, bundles for people outside."""
