from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "bookings"

    def ready(self) -> None:
        from bookings import first_steps, foreseeing, leaving, mine, reacting, seats
        from people import closing, mydata
        from seminars import locks, news, next_steps

        locks.on_changing(seats.lock_seminar)
        news.on_news(reacting.react)
        news.on_asking(foreseeing.foresee)
        closing.on_closing(leaving.leave)
        mydata.register("bookings", mine.export)
        next_steps.add_steps(first_steps.of_date, "booking_rules")
