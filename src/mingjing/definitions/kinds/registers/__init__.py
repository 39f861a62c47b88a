"""What every kind of definition with a register shares: its keys, its rules, its examples, its pages."""
