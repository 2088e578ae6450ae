import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.db import transaction

from exchange.example.booking_loader import BookingLoader
from exchange.example.loader import Loader, is_someone_elses, may_have_sign_ins
from exchange.example.multiplying import multiply
from exchange.example.signins import add_sign_ins
from people.models import Organisation


class Command(BaseCommand):
    help = "Load the organisations, the themes and the example content into an empty database; again does no harm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--size", type=int, default=1, help="how many of each write-up and date, for measuring"
        )

    def handle(self, *args: Any, size: int, **options: Any) -> None:
        if is_someone_elses():
            raise CommandError("This database holds content that is not the example: nothing was loaded.")
        if size < 1:
            raise CommandError("--size must be 1 or more.")
        if not Organisation.objects.exists():
            call_command(
                "import_organisations",
                str(Path(settings.BASE_DIR) / "people/data/organisations.csv"),
                verbosity=0,
            )
        call_command("import_themes", verbosity=0, stdout=self.stdout)
        with transaction.atomic():
            loader = Loader()
            loader.load()
        self.stdout.write(", ".join(f"{count} {what}" for what, count in loader.loaded.items()) + " loaded.")
        if may_have_sign_ins():
            add_sign_ins()
        with transaction.atomic():
            self.stdout.write(f"{BookingLoader().load()} bookings loaded.")
        if size > 1:
            multiply(size, self.progress)

    def progress(self, what: str, done: int, total: int) -> None:
        share = done / max(total, 1)
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r{what:14} [{'#' * int(30 * share):30}] {done:,} of {total:,}{end}")
        sys.stderr.flush()
