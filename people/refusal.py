"""A verb that would break a rule says so in words, and changes nothing; the apps above say it with the same."""


class Refused(Exception):  # noqa: N818 - it is no error of the program, but an answer to a person
    """Carries one sentence or several, each ready to be shown in the reader's language."""

    def __init__(self, *sentences: object) -> None:
        self.sentences = [str(sentence) for sentence in sentences]
        super().__init__(" ".join(self.sentences))
