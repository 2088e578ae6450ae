"""What `manage.py tick` does for the site as a whole (people/chores.py)."""

import time
from pathlib import Path

from django.conf import settings

from people.chores import chore

FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
# As long as a needs form promises, by default: long enough to read them at /mail/.
MAIL_KEPT_DAYS = 28


@chore("old letters of the mail folder deleted")
def forget_mail() -> int:
    """In development letters land in a folder, where names, addresses and links would otherwise lie for ever."""
    if settings.EMAIL_BACKEND != FILE_BACKEND or not Path(settings.EMAIL_FILE_PATH).is_dir():
        return 0
    before = time.time() - MAIL_KEPT_DAYS * 24 * 60 * 60
    old = [file for file in Path(settings.EMAIL_FILE_PATH).glob("*.log") if file.stat().st_mtime < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
