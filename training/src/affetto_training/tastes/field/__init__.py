"""What a study of music in daily life says of taste, of mood, and of our way of choosing."""
