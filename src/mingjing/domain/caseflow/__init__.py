"""Definition and events → the clocks of a case and who is told when."""
