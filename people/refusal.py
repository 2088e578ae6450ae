class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """What a member asked for is not done; the words say why, in the reader's language."""

    def __str__(self) -> str:
        return str(self.args[0])
