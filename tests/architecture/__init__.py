"""What the house promises about its own shape. No test here reads or writes a row.

Each checker is a function that takes a small piece of text and answers with sentences. Each is tried twice:
on a bad snippet, where it must speak, and on the whole tree, where it must be silent.
"""
