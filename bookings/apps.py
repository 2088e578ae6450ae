from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "bookings"

    def ready(self) -> None:
        from bookings import leaving, reacting
        from people import closing
        from seminars import news

        news.on_news(reacting.react)
        closing.on_closing(leaving.leave)
