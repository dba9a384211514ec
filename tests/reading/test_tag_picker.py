"""The tag picker: tags below their headings, the same in the toolbar, the edit forms and the form of sentences."""

import re
from html import unescape

import pytest

from annotations.models import Highlight, Project, Tag
from annotations.models.codebook import codebook_of
from annotations.models.tag_groups import group_tags
from annotations.reading.tag_picker import build_picker
from cases import each
from markup import markup

HTMX = {"hx-request": "true"}


@pytest.fixture
def tree(project, alice) -> dict[str, Tag]:
    """Positions: red line (deep red), refusal. Means, itself a tag: troops. And cost, which stands alone."""

    def add(name: str, parent: Tag | None = None, heading_only: bool = False) -> Tag:
        return Tag.objects.add_tag(project, name, by=alice, parent=parent, heading_only=heading_only)

    positions, cost, means = add("Positions", heading_only=True), add("cost"), add("means")
    line = add("red line", positions)
    tags = [positions, cost, means, line, add("refusal", positions), add("deep red", line), add("troops", means)]
    project.refresh_from_db()
    return {tag.name: tag for tag in tags}


def grouped(project, kept=()) -> dict[str, list[str]]:
    return {group.heading: [tag.name for tag in group.tags] for group in group_tags(codebook_of(project), kept)}


def numbered(project, recent=()) -> dict[str, int]:
    picker = build_picker(codebook_of(project), may_create=False, recent=recent)
    return {tag.name: tag.number for group in picker["groups"] for tag in group.tags if tag.number}


def test_tags_stand_below_their_nearest_heading_and_a_heading_is_none_of_them(project, tree, alice):
    tree["refusal"].retire(by=alice)
    project.refresh_from_db()
    groups = {"Positions": ["red line", "deep red"], "means": ["means", "troops"], "": ["cost"]}
    assert grouped(project) == groups
    assert grouped(project, kept=["refusal", "Positions"])["Positions"] == ["red line", "deep red", "refusal"]


def test_nine_tags_have_a_key_in_the_order_in_which_they_are_shown(project, tree, alice):
    assert numbered(project) == {
        name: number for number, name in enumerate(["red line", "deep red", "refusal", "means", "troops", "cost"], 1)
    }
    Tag.objects.get_or_create_named(project, [f"tag {n}" for n in range(5)], by=alice)
    project.refresh_from_db()
    recent = [project.tags.get(name="tag 4").pk.hex, tree["Positions"].pk.hex]
    assert list(numbered(project, recent).items())[-3:] == [("tag 0", 7), ("tag 1", 8), ("tag 4", 9)]


def offered_on(client, url: str, **options) -> list[str]:
    """The headings and the tags that a page's picker offers, in order."""
    page = markup(client.get(url, **options)).split('class="picker"')[1].split("<template>")[0]
    return [found[0] or found[1] for found in re.findall(r'<h3>(.*?)</h3>|type="checkbox"[^>]* value="(.*?)"', page)]


def test_every_picker_offers_the_same_groups_and_sets_what_the_highlight_has(
    alice_client, alice, article, revision, project, tree
):
    made = Highlight.objects.make(
        project=project, revision=revision, author=alice, start=0, end=9, tags=[tree["troops"], tree["cost"]]
    ).highlight
    base, asked = made.get_absolute_url(), f"?project={project.slug}"
    wanted = "Positions,red line,deep red,refusal,means,means,troops,Other tags,cost".split(",")
    forms = [(base + "edit/", {}), (base + "edit/", {"headers": HTMX}), (base + "tags/", {"headers": HTMX})]
    for url, options in forms:
        assert offered_on(alice_client, url, **options) == wanted
        chips = re.findall(r'class="chip"><span class="tag hue-\d+">(.*?)<', markup(alice_client.get(url, **options)))
        assert chips[:2] == ["troops", "cost"], "in the order of the highlight"
    assert offered_on(alice_client, f"{article.get_absolute_url()}sentences/{asked}") == wanted
    assert offered_on(alice_client, tags_address(alice_client, article, project))[: len(wanted)] == wanted


def tags_address(client, article, project) -> str:
    """Where the toolbar of the reading page gets its tags."""
    page = client.get(f"{article.get_absolute_url()}?project={project.slug}").content.decode()
    return unescape(re.search(r'data-address="([^"]*)"', page)[1])


def test_the_tags_of_the_toolbar_have_another_address_when_anything_about_them_changes(
    alice_client, bob_client, alice, article, revision, project, tree
):
    first = tags_address(alice_client, article, project)
    assert tags_address(alice_client, article, project) == first != tags_address(bob_client, article, project)
    spot = {"start": 0, "end": 9, "exact": revision.text[:9], "project": project.slug, "revision": 1}
    alice_client.post(article.get_absolute_url() + "highlights/", spot | {"tags": ["cost"]})
    second = tags_address(alice_client, article, project)
    Tag.objects.get_or_create_named(project, ["gantry"], by=alice)
    assert len({first, second, tags_address(alice_client, article, project)}) == 3


def test_only_the_reader_keeps_the_tags_of_the_toolbar_and_only_under_their_own_address(
    alice_client, bob_client, article, project, tree
):
    address = tags_address(alice_client, article, project)
    kept = alice_client.get(address)
    assert {"private", "max-age=31536000", "immutable"} <= set(kept["Cache-Control"].split(", "))
    assert "Cookie" in kept["Vary"]
    for client, url in [(bob_client, address), (alice_client, address.partition("?")[0])]:
        assert set(client.get(url)["Cache-Control"].split(", ")) == {"private", "no-cache"}


def test_who_may_not_highlight_gets_no_tags_for_it(charlie_client, visitor, project, tree):
    address = f"/projects/{project.slug}/tags/groups/"
    assert charlie_client.get(address).status_code == 404
    Project.objects.filter(pk=project.pk).update(public=True)
    assert charlie_client.get(address).status_code == 403
    assert visitor.get(address).status_code == 302


def test_the_page_is_as_long_with_many_tags_as_with_none(alice_client, alice, article, project):
    url = f"{article.get_absolute_url()}?project={project.slug}"
    before = alice_client.get(url).content
    Tag.objects.get_or_create_named(project, [f"tag {n}" for n in range(50)], by=alice)
    assert (
        len(alice_client.get(url).content) == len(before) + 2
    )  # the version of the codebook, said twice, has a digit more


@each("sent", [["brand new", "COST"], ["brand new, cost"]])
def test_what_was_set_is_still_set_when_a_form_is_refused(bob_client, article, project, tree, sent):
    url = f"{article.get_absolute_url()}sentences/?project={project.slug}"
    page = markup(bob_client.post(url, {"first": 1, "tags": sent}))
    assert re.findall(r'class="chip"><span class="tag hue-(\d+)">(.*?)<', page)[:2] == [
        ("0", "brand new"),
        (str(tree["cost"].colour), "cost"),
    ]


def test_a_new_tag_joins_the_toolbar_of_the_page_without_a_key(alice_client, article, revision, project, tree):
    start = revision.text.index("Two cranes fell")
    sent = {"start": start, "end": start + 15, "exact": "Two cranes fell", "project": project.slug, "revision": 1}
    url = article.get_absolute_url() + "highlights/"
    answers = [
        markup(alice_client.post(url, sent | fields, headers=HTMX))
        for fields in (
            {"tags": ["cost", "gantry"], "offers-tags": "1"},
            {"tags": ["jib"]},
            {"tags": ["cost"], "offers-tags": 1},
        )
    ]
    rows = [re.findall(r'hx-swap-oob="beforeend:#new-tags">(.*?)</ul>', answer) for answer in answers]
    assert [len(found) for found in rows] == [1, 0, 0]
    assert '<button class="give" name="tags" value="gantry">' in rows[0][0]
    assert "aria-keyshortcuts" not in rows[0][0] and "cost" not in rows[0][0]


def test_tag_filters_are_grouped_too_and_name_a_heading_only_where_it_was_asked_for(alice_client, project, tree):
    query = {"tag": "positions", "options": "1"}
    page = markup(alice_client.get(f"/projects/{project.slug}/passages/", query))
    select = page.split('id="tag-0"')[1].split("</select>")[0]
    assert re.findall(r'<optgroup label="(.*?)">', select) == ["Positions", "means"]
    assert select.count('<option value="red-line">') == 1
    assert '<option value="positions">' not in select and "<option selected>positions</option>" in select


def test_the_passage_keeps_its_sentence_while_its_tags_are_edited(alice_client, highlight):
    listed = markup(alice_client.get(f"{highlight.get_absolute_url()}passage/", headers=HTMX))
    form = markup(alice_client.get(f"{highlight.get_absolute_url()}tags/", headers=HTMX))
    quote = listed.split("<blockquote")[1].split("</blockquote>")[0]
    assert "after" in quote.split("</mark>")[1]
    assert quote in form
    whole = markup(alice_client.get(f"{highlight.get_absolute_url()}tags/", {"context": "nothing"}, headers=HTMX))
    assert "</mark></blockquote>" in whole
