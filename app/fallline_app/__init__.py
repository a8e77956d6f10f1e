"""The demos: Panel and Bokeh views of what `fallline` computes."""
