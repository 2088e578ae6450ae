from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "bookings"

    def ready(self) -> None:
        from bookings import foreseeing, leaving, reacting, seats
        from people import closing
        from seminars import locks, news

        locks.on_changing(seats.lock_seminar)
        news.on_news(reacting.react)
        news.on_asking(foreseeing.foresee)
        closing.on_closing(leaving.leave)
