"""Black box: descent through a simulation that only answers with numbers."""
