"""What a task is, and how people are told of it; pure."""
