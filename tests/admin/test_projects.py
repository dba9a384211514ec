"""Projects and their members in the admin."""

from annotations.models import Event, Membership, Project, Role, Tag
from curating import address, errors, list_of, save


def members(project) -> dict[str, str]:
    return dict(project.memberships.values_list("user__username", "role"))


def test_a_member_is_added_by_name(curator_client, project, charlie):
    save(curator_client, project, **{"memberships-2-user": "charlie", "memberships-2-role": "viewer"})
    assert members(project) == {"alice": "owner", "bob": "coder", "charlie": "viewer"}
    assert Event.objects.filter(verb="member added").exists()


def test_a_name_that_nobody_has_is_refused(curator_client, project):
    page = save(curator_client, project, **{"memberships-2-user": "nobody", "memberships-2-role": "viewer"})
    assert "No user has this name." in errors(page)


def test_a_role_changes(curator_client, project):
    save(curator_client, project, **{"memberships-1-role": "curator"})
    assert members(project)["bob"] == "curator"
    assert Event.objects.filter(verb="role changed").exists()


def test_a_member_is_removed_and_the_highlights_stay(curator_client, project, highlight):
    save(curator_client, project, **{"memberships-1-DELETE": "on"})
    assert members(project) == {"alice": "owner"}
    assert project.highlights.count() == 1


def test_ownership_passes_on_in_one_step(curator_client, project):
    save(curator_client, project, **{"memberships-0-role": "viewer", "memberships-1-role": "owner"})
    assert members(project) == {"alice": "viewer", "bob": "owner"}


def test_a_project_keeps_an_owner(curator_client, project):
    page = save(curator_client, project, **{"memberships-0-role": "viewer"})
    assert "A project needs an owner." in errors(page)
    assert members(project)["alice"] == Role.OWNER


def test_a_project_is_made_public_and_nothing_else_of_it_changes(curator_client, project, tag):
    before = Project.objects.get(pk=project.pk)
    save(curator_client, project, public="on", name="Another name")
    project.refresh_from_db()
    assert project.public
    assert project.name == before.name
    assert project.version > before.version


def test_nobody_adds_or_deletes_a_project_here(curator_client, project):
    assert curator_client.get(list_of(Project) + "add/").status_code == 403
    assert curator_client.post(address(project, "delete"), {"post": "yes"}).status_code == 403


def test_the_list_asks_as_often_for_many_projects(
    curator_client, project, alice, django_assert_num_queries, django_assert_max_num_queries
):
    curator_client.get(list_of(Project))  # what waits is counted now, and kept
    with django_assert_max_num_queries(20) as few:
        curator_client.get(list_of(Project))
    for number in range(20):
        Project.objects.create_owned(f"Study {number}", owner=alice)
    with django_assert_num_queries(len(few)):
        curator_client.get(list_of(Project))


def test_tags_are_listed_by_project_with_their_highlights(curator_client, project, tag, highlight, charlie):
    other = Project.objects.create_owned("Other study", owner=charlie)
    Tag.objects.get_or_create_named(other, ["elsewhere"], by=charlie)
    page = curator_client.get(list_of(Tag), {"project__id__exact": project.pk})
    assert [row.name for row in page.context["cl"].result_list] == ["military option"]
    assert '<td class="field-carrying">1</td>' in page.content.decode()


def test_tags_are_read_here_and_changed_in_their_codebook(curator_client, tag):
    page = curator_client.get(address(tag)).content.decode()
    assert f'href="{tag.get_absolute_url()}"' in page
    assert curator_client.post(address(tag), {"name": "other"}).status_code == 403
    assert Membership.objects.filter(project=tag.project).exists()
