"""The program `mingjing`: one module per group of commands, found by their presence in this folder."""
