"""案件: the list, the board, one case, and what is done on it."""
