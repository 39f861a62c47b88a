"""The draw of cases: lists, commitments, reveals, result; departures with reason and approval."""
