"""Leaf: forms, Markdown, charts, pagination, template tags. It knows no domain word and imports no other app."""
