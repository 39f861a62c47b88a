"""Official documents: Word files in the layout of GB/T 9704-2012, and PDF made from the same files."""
