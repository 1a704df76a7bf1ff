"""Question banks, quizzes, attempts, grading and statistics."""
