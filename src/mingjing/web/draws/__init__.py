"""Pages of the draw: filing days, values of the departments, departures, one's own share, figures."""
