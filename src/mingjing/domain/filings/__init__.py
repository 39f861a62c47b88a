"""Who must file what in each period or after each event, nil reports and signatures included."""
