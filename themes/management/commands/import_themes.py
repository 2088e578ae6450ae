from typing import Any

from django.core.management import BaseCommand

from themes.seeding import seed_themes


class Command(BaseCommand):
    help = (
        "Add the themes, goals and ways of working that are missing; those that exist are left as they are."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{seed_themes()} themes added.")
