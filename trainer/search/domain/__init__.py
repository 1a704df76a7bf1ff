"""Understanding a question, and what an answer to it looks like; pure."""
