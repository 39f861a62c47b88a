"""Definition files → typed, strict, dated definitions; every mistake is shown at file:line:column."""
