"""What no check could place, asked once more: only where one slip, and one way, explains it."""
