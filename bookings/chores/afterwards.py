"""Who came, thanks, and what came of commitments."""
