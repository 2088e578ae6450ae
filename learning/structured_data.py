"""schema.org's Article, for machines that read the page."""

from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from learning.citing import address_of
from learning.models import Author, Lesson, WriteUp
from ui.bilingual import Text
from ui.structured_data import script


def article(
    write_up: WriteUp, authors: list[Author], lessons: list[Lesson], themes: list[Text]
) -> SafeString:
    title = write_up.tr("title")
    body = write_up.organisation.tr("name")
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": f"urn:uuid:{write_up.uuid}",
        "url": address_of(write_up),
        "headline": title,
        "inLanguage": title.lang,
        "abstract": write_up.tr("summary"),
        "dateModified": write_up.updated_at.isoformat(),
        "author": [
            {
                "@type": "Person",
                "name": author.name,
                **(
                    {"affiliation": {"@type": "Organization", "name": author.affiliation}}
                    if author.affiliation
                    else {}
                ),
            }
            for author in authors
        ]
        or [{"@type": "Organization", "name": body}],
        "publisher": {"@type": "Organization", "name": str(settings.SITE_NAME)},
        "sourceOrganization": {"@type": "Organization", "name": body},
        "keywords": list(themes),
        "hasPart": [
            {
                "@type": "CreativeWork",
                "position": lesson.position,
                "name": lesson.tr("title"),
                "url": address_of(lesson),
            }
            for lesson in lessons
        ],
    }
    if write_up.published_at:
        data["datePublished"] = write_up.published_at.isoformat()
    if write_up.licence_address:
        data["license"] = write_up.licence_address
    if write_up.original_url:
        data["isBasedOn"] = write_up.original_url
    return script(data)
