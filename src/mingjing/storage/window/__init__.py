"""What the public window keeps beside the records themselves: receipts, and when a terminal was heard."""
