"""Records of registers: opening them, acting on them, seeing them, and what time does to them."""
