from learning.models.facet import Facet, Tally
from learning.models.image import Image
from learning.models.invitation import CoauthorInvitation
from learning.models.lesson import Keep, Lesson
from learning.models.writeup import Author, WriteUp

__all__ = ["Author", "CoauthorInvitation", "Facet", "Image", "Keep", "Lesson", "Tally", "WriteUp"]
