"""Services, the places and channels that lead to them, when they are open, and finding them in everyday words."""
