"""Every address of bookings, a module for each part of the work."""

from bookings.urls import afterwards, arranging, asking, booking, day, managing, organising, writing

app_name = "bookings"
urlpatterns = [
    *booking.urlpatterns,
    *managing.urlpatterns,
    *organising.urlpatterns,
    *arranging.urlpatterns,
    *writing.urlpatterns,
    *day.urlpatterns,
    *asking.urlpatterns,
    *afterwards.urlpatterns,
]
