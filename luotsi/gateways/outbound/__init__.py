"""The one door through which Luotsi calls other machines."""
