"""The monthly report in Word."""
