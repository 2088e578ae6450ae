from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"

    def ready(self) -> None:
        from learning import leaving, revisions
        from people.closing import on_closing

        revisions.register()
        on_closing(leaving.leave)
