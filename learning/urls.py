from django.urls import include, path

app_name = "learning"
urlpatterns = [
    path("", include("learning.write_urls")),
]
