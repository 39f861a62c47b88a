"""Records that follow a definition: states, acts, clocks, conditions. The machineries share these shapes."""
