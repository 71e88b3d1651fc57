"""Render: page values to HTML, and the data that programs read. Alone in knowing Jinja2."""
