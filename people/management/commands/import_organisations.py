from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from people.importing import BadFileError, import_organisations


class Command(BaseCommand):
    help = "Add and change organisations from a CSV file (like people/data/organisations.csv); again does no harm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *args: Any, file: Path, verbosity: int, **options: Any) -> None:
        try:
            result = import_organisations(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except BadFileError as error:
            raise CommandError(f"Nothing was imported from {file}:\n{error}") from None
        if verbosity:
            for change in result.changed:
                self.stdout.write(f"changed: {change}")
            self.stdout.write(
                f"{len(result.added)} added, {len(result.changed)} changed, {result.left} left as they were"
            )
