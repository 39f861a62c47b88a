"""文书校对、类案检索、档案: the documents of a case, what is found in them, and what is kept of them."""
