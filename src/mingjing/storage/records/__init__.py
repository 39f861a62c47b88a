"""Records of every register, their acts, clocks, parties, links and evidence."""
