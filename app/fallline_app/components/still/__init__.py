"""Stills: plots as SVG and numbers as text, which a page shows until BokehJS is there, and where JavaScript is not."""
