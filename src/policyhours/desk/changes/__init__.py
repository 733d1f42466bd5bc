"""Changes: what two policies say differently, and for whom it matters."""
