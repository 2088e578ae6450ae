"""A seminar date as a schema.org Event, for search engines. It holds what the page shows, and never a joining link."""

from typing import Any

from django.conf import settings

from seminars import wording
from seminars.calendar import absolute
from seminars.models import SeminarDate, Speaker
from ui.bilingual import reader_language

ATTENDANCE = {
    SeminarDate.Attendance.IN_PERSON: "OfflineEventAttendanceMode",
    SeminarDate.Attendance.ONLINE: "OnlineEventAttendanceMode",
    SeminarDate.Attendance.BOTH: "MixedEventAttendanceMode",
}


def event(seminar_date: SeminarDate, speakers: list[Speaker] | None = None) -> dict[str, Any]:
    seminar = seminar_date.seminar
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "@id": absolute(seminar_date.get_absolute_url()),
        "url": absolute(seminar_date.get_absolute_url()),
        "name": wording.one_line(seminar.tr("title")),
        "inLanguage": reader_language(),
        "startDate": seminar_date.local_start.isoformat(),
        "endDate": seminar_date.local_end.isoformat(),
        "eventStatus": f"https://schema.org/{status(seminar_date)}",
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[SeminarDate.Attendance(seminar_date.attendance)]}",
        "location": locations(seminar_date),
        "organizer": {"@type": "Organization", "name": wording.one_line(seminar.organisation.tr("name"))},
    }
    if seminar.organisation.website:
        data["organizer"]["url"] = seminar.organisation.website
    if summary := wording.one_line(seminar.tr("summary")):
        data["description"] = summary
    if seminar_date.moved_from and not seminar_date.is_cancelled:
        data["previousStartDate"] = seminar_date.moved_from.astimezone(seminar_date.tz).isoformat()
    if speakers:
        data["performer"] = [person(speaker) for speaker in speakers]
    return data


def status(seminar_date: SeminarDate) -> str:
    if seminar_date.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if seminar_date.moved_from else "EventScheduled"


def locations(seminar_date: SeminarDate) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if seminar_date.is_in_person and (venue := seminar_date.venue):
        place: dict[str, Any] = {
            "@type": "Place",
            "name": wording.one_line(venue.tr("name")),
            "address": {
                "@type": "PostalAddress",
                "streetAddress": wording.one_line(venue.address),
                "addressLocality": wording.one_line(venue.tr("town")),
                "postalCode": venue.postcode,
                "addressCountry": "GB",
            },
        }
        if venue.latitude is not None and venue.longitude is not None:
            place["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": venue.latitude,
                "longitude": venue.longitude,
            }
        found.append(place)
    if seminar_date.is_online:
        # The address of our own page: where one joins is told to delegates only.
        found.append({"@type": "VirtualLocation", "url": absolute(seminar_date.get_absolute_url())})
    return found


def person(speaker: Speaker) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Person",
        "name": wording.one_line(speaker.name),
        "url": f"{settings.SITE_ADDRESS}{speaker.get_absolute_url()}",
    }
    if role := wording.one_line(speaker.tr("role")):
        data["jobTitle"] = role
    if speaker.affiliation:
        data["affiliation"] = {"@type": "Organization", "name": wording.one_line(speaker.affiliation)}
    return data
