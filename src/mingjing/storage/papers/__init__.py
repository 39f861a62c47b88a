"""Documents of cases with what proofreading found in them, and files sealed when a case is archived."""
