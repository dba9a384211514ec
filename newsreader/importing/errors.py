class IntakeError(Exception):
    """Why something could not be taken in: one plain sentence for people."""
