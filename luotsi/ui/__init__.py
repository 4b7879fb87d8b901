"""The design system: components, layouts, words and charts. README.md lists every part."""
