import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.chores import all_chores

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does what is due. Run it every minute; running it twice does nothing twice."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for name, do in all_chores().items():
            try:
                count = do()
            except Exception:  # one chore that fails must not keep the others from being done
                logger.exception("The chore '%s' failed", name)
                failed.append(name)
                continue
            self.stdout.write(f"{count} {name}")
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}")
