from bookings.models.afterwards import Commitment, CommitmentReview, Feedback, FeedbackTheme
from bookings.models.booking import Booking, Group
from bookings.models.day import CheckIn, Question, QuestionBoard, Vote
from bookings.models.delivery import BouncedAddress, Delivery, LetterTemplate, MassMessage, Unsubscription
from bookings.models.need import Need
from bookings.models.own_question import OwnAnswer, OwnQuestion
from bookings.models.place import Draw, Place
from bookings.models.pool import Pool
from bookings.models.rules import BookingRules

__all__ = [
    "Booking",
    "BookingRules",
    "BouncedAddress",
    "CheckIn",
    "Commitment",
    "CommitmentReview",
    "Delivery",
    "Draw",
    "Feedback",
    "FeedbackTheme",
    "Group",
    "LetterTemplate",
    "MassMessage",
    "Need",
    "OwnAnswer",
    "OwnQuestion",
    "Place",
    "Pool",
    "Question",
    "QuestionBoard",
    "Unsubscription",
    "Vote",
]
