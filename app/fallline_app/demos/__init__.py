"""One module a demo: a model without Panel (settings in, frames out) and the view that lays it out."""
