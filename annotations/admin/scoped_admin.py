"""How far a curator sees."""

from django.contrib import admin

from annotations.models import Project


class ReachAdmin(admin.ModelAdmin):
    """Rows of projects: whoever runs the site sees all, a curator those of the projects that he may see. None is made here."""

    within = "project__in"

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        return rows.filter(**{self.within: Project.objects.visible_to(request.user)})

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
