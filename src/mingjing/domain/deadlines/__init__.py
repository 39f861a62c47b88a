"""Rule and facts → due date with its derivation, or a refusal."""
