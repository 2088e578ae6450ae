from django.urls import path
from django.utils.translation import gettext_lazy as _

from people.views import audit, desk, memberships, organisations

app_name = "people"
urlpatterns = [
    path(_("organisations/"), organisations.organisations, name="organisations"),
    path(_("organisations/<slug:slug>/"), organisations.organisation, name="organisation"),
    path(_("organisations/<slug:slug>/details/"), organisations.details, name="details"),
    path(_("organisations/<slug:slug>/members/"), memberships.memberships, name="memberships"),
    path(
        _("organisations/<slug:slug>/members/<int:pk>/role/"),
        memberships.membership_role,
        name="membership-role",
    ),
    path(
        _("organisations/<slug:slug>/members/<int:pk>/removal/"),
        memberships.membership_removal,
        name="membership-removal",
    ),
    path(_("organisations/<slug:slug>/joining/"), memberships.joining, name="joining"),
    path(_("organisations/<slug:slug>/leaving/"), memberships.leaving, name="leaving"),
    path(_("organisations/<slug:slug>/invitations/"), memberships.invitations, name="invitations"),
    path(
        _("organisations/<slug:slug>/invitations/<int:pk>/revocation/"),
        memberships.invitation_revocation,
        name="invitation-revocation",
    ),
    path(_("organisations/<slug:slug>/domains/"), memberships.domains, name="domains"),
    path(
        _("organisations/<slug:slug>/domains/<int:pk>/removal/"),
        memberships.domain_removal,
        name="domain-removal",
    ),
    path(_("invitations/<str:token>/"), memberships.invitation, name="invitation"),
    path(_("members/<slug:slug>/"), organisations.member, name="member"),
    path(_("desk/"), desk.desk, name="desk"),
    path(_("desk/profile/"), desk.profile, name="profile"),
    path(_("desk/invitations/<int:pk>/acceptance/"), memberships.invitation_acceptance, name="acceptance"),
    path(_("desk/my-data/"), desk.my_data, name="my-data"),
    path(_("desk/my-data/file/"), desk.my_data_file, name="my-data-file"),
    path(_("desk/closing/"), desk.closing, name="closing"),
    path(_("audit/"), audit.audit, name="audit"),
]
