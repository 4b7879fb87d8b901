"""Reading questionnaires, answers and where they are gathered."""
