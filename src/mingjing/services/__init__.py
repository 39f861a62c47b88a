"""Use cases: one verb, one transaction, one entry in the log of acts; and the questions pages ask."""
