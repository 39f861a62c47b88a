"""One file per family of checks; each yields findings from a reading of the text."""
