from django.apps import AppConfig


class SeminarsConfig(AppConfig):
    name = "seminars"

    def ready(self) -> None:
        from people.closing import on_closing
        from seminars import leaving

        on_closing(leaving.leave)
