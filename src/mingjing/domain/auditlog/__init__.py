"""The entry of the log of acts: its shape, its canonical bytes, its commitment."""
