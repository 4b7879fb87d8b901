"""The steering group's deck in PowerPoint."""
