"""制度: what is in force, how it is written, and what a draft would change."""
