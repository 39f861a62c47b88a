"""What pages ask: questions without effects, scoped to what the actor may see."""
