"""Leads: who may know of one, whom it goes round, which consent its ending needs."""
