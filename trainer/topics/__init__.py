"""Business lines and steps, competencies, glossary: the spine all content hangs on."""
