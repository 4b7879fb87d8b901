"""The pages of the county's forms."""
