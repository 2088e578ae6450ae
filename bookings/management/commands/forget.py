from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bookings import retention


class Command(BaseCommand):
    help = (
        "Deletes needs and makes bookings anonymous whose time is over, as `tick` does. "
        "With --dry-run it only says how many of what would go, by date; it never says of whom."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would go.")

    def handle(self, *args: Any, **options: Any) -> None:
        only_look: bool = options["dry_run"]
        gone = [
            *retention.forget_needs(only_look=only_look),
            *retention.forget_people(only_look=only_look),
            *retention.forget_addresses(only_look=only_look),
        ]
        for one in gone:
            self.stdout.write(f"{one.number:6} {one.what:12} {one.of}".rstrip())
        what = "This" if gone else "Nothing"
        self.stdout.write(f"{what} would go." if only_look else f"{what} has gone.")
