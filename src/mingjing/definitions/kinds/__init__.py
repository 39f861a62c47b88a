"""One module per kind of definition: its keys, how it is built, how its examples run, what is checked."""
