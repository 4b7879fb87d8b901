"""What the room draws. Every chart is made from a small frozen value, so the same data is drawn once in a process."""
