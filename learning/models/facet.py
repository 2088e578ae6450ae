"""The reading side's index: what the list of published write-ups can be narrowed by, and how many there are.

`Facet` has one row for each thing a published write-up is filed under, with its date, so that a page of a list is
read along an index. `Tally` counts the write-ups of every pair of facets, so that the numbers beside a filter, a
theme's trend and its neighbours cost the same at a hundred thousand write-ups as at a hundred. `learning.filing`
is the only writer of both, in the transaction that changes the write-up.
"""

from django.db import models

from learning.models.writeup import WriteUp


class Facet(models.Model):
    class Kind(models.TextChoices):
        THEME = "theme"  # value: Theme.pk, of the write-up or of one of its lessons
        TAG = "tag"  # Tag.pk
        ORGANISATION = "organisation"  # Organisation.pk, lead or partner
        SECTOR = "sector"  # Organisation.kind
        REGION = "region"  # Organisation.region
        KIND = "kind"  # WriteUp.kind
        YEAR = "year"  # of publication

    write_up = models.ForeignKey(WriteUp, models.CASCADE, related_name="facets")
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.CharField(max_length=40)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["write_up", "kind", "value"], name="learning_filed_once")
        ]
        indexes = [
            models.Index(fields=["kind", "value", "-published_at", "-write_up"], name="learning_facet_page")
        ]

    def __str__(self) -> str:
        return f"{self.kind}={self.value}"


class Tally(models.Model):
    """How many published write-ups are filed under both facets; `other_kind` is empty for the count of one alone.

    The row with all four empty counts everything published.
    """

    kind = models.CharField(max_length=12, blank=True)
    value = models.CharField(max_length=40, blank=True)
    other_kind = models.CharField(max_length=12, blank=True)
    other_value = models.CharField(max_length=40, blank=True)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value", "other_kind", "other_value"], name="learning_tally_pair"
            ),
            models.CheckConstraint(condition=models.Q(count__gte=0), name="learning_tally_not_negative"),
        ]
        # For the counts of one facet alone, which the pairs outnumber by far.
        indexes = [models.Index(fields=["other_kind", "kind"], name="learning_tally_alone")]

    def __str__(self) -> str:
        return f"{self.kind}={self.value} {self.other_kind}={self.other_value}: {self.count}"
