"""Work reports: checked against themselves and against the record, and written from live figures."""
