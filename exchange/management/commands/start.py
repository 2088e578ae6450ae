"""`make run`: bring the database up to date, load the example content into an empty one, and serve."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from exchange import environment
from exchange.example.loader import may_have_sign_ins
from exchange.example.signins import sign_ins_in_words
from people.models import Organisation


class Command(BaseCommand):
    help = "Migrate, load the example content on the first start, say where the exchange is, and serve (development only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", default="127.0.0.1:8000", help="host:port")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("`start` is for development; in production run gunicorn (docs/deploy.md).")
        # Links in mails lead to where it is served.
        settings.SITE_ADDRESS = environment.text("SITE_ADDRESS", f"http://{address}").rstrip("/")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not Organisation.objects.exists():
            call_command("load_example")
        if may_have_sign_ins():
            self.stdout.write(sign_ins_in_words())
        self.stdout.write(
            f"\nThe exchange is at http://{address}/ and its mail at http://{address}/mail/ (Control-C stops it)\n"
        )
        self.stdout.flush()
        call_command("runserver", address, use_reloader=False)
