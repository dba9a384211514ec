"""The members of a project in a real browser."""

from annotations.models import Assignment, Project
from inspection import watch
from newsreader.models import Article


def test_removing_a_member_asks_first(signed_in_page, alice, project):
    page = signed_in_page(alice)
    watch(page)
    page.goto(project.get_absolute_url())
    page.get_by_role("link", name="Invite and manage members").click()
    page.get_by_role("link", name="Remove bob").click()
    page.get_by_role("heading", name="Remove bob from Harbour study?").wait_for()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Remove bob").click()
    assert project.memberships.count() == 2
    page.get_by_role("button", name="Remove member").click()
    page.get_by_text("bob was removed.").wait_for()
    assert page.get_by_role("link", name="Remove bob").count() == 0
    assert project.memberships.count() == 1


def test_whoever_gets_a_link_creates_an_account_and_is_a_member(signed_in_page, alice, project):
    page = signed_in_page(alice)
    watch(page)
    page.goto(f"{project.get_absolute_url()}members/")
    page.get_by_label("Label (optional)").fill("Seminar")
    page.get_by_role("button", name="Create link").click()
    page.get_by_text("The link was created.").wait_for()
    address = page.locator(".invite a").get_attribute("href")
    guest = signed_in_page(None)
    guest.goto(address)
    guest.get_by_role("link", name="Create an account and join").click()
    guest.get_by_label("Name").fill("eve")
    for label in ("Password", "Repeat password"):
        guest.get_by_label(label, exact=True).fill("correct horse battery")
    guest.keyboard.press("Enter")
    guest.get_by_text("You joined “Harbour study” as a coder.").wait_for()
    assert project.memberships.filter(user__username="eve", role="coder").exists()
    page.reload()
    page.locator(".invite").filter(has_text="Seminar").get_by_text("eve").wait_for()


def test_a_link_is_copied(signed_in_page, alice, project):
    page = signed_in_page(alice, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{project.get_absolute_url()}members/")
    page.get_by_role("button", name="Create link").click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".invite a").evaluate("link => link.href")
    assert copied.startswith("http")


# Paragraphs, lists of buttons and headings that stand closer than 8 px to what is above them; buttons whose words are off the middle.
CROWDED = """() => [...document.querySelectorAll("main section p, main section .actions, main section h2, .codebook ~ p, .entry-form")]
  .filter((node) => node.previousElementSibling && node.offsetParent && !node.closest(".section-head, .passage, .fields-row"))
  .filter((node) => {
    const above = node.previousElementSibling.getBoundingClientRect();
    return node.getBoundingClientRect().top - above.bottom < 8;
  }).map((node) => node.textContent.trim())"""
LOPSIDED = """() => [...document.querySelectorAll("main .button:has(> .aside)")].filter((button) => {
    const words = new Range(), box = button.getBoundingClientRect();
    words.selectNodeContents(button.firstChild);
    const { left, right } = words.getBoundingClientRect();
    return Math.abs(left - box.left - (box.right - right)) > 1;
  }).map((button) => button.textContent.trim())"""


def test_nothing_touches_a_rule_and_words_stand_in_the_middle_of_buttons(signed_in_page, alice, project, article, tag):
    archived = Project.objects.create_owned("Old study", owner=alice)
    archived.archive(by=alice)
    page = signed_in_page(alice, viewport={"width": 390, "height": 844})
    base = project.get_absolute_url()
    addresses = ("", "members/", "articles/", f"articles/{article.slug}/", "leave/", "tags/", f"tags/{tag.pk}/")
    for address in ("/projects/", archived.get_absolute_url(), *(f"{base}{path}" for path in addresses)):
        page.goto(address)
        if address.endswith("leave/"):
            page.get_by_role("button", name="Leave project").click()
        assert (address, page.evaluate(CROWDED), page.evaluate(LOPSIDED)) == (address, [], [])


# How many lines the name of the project takes in the list of assignments, and the least room above and below a title in the project.
LINES_OF_NAME = """() => {
  const link = document.querySelector(".own-assignments li > :last-child a");
  return link.getBoundingClientRect().height / parseFloat(getComputedStyle(link).lineHeight);
}"""
ROOM = """() => {
  const title = document.querySelector(".members li a");
  const [box, row] = [title, title.closest("li")].map((one) => one.getBoundingClientRect());
  return Math.min(box.top - row.top, row.bottom - box.bottom);
}"""


def test_a_long_title_leaves_room_for_the_project_and_around_itself(signed_in_page, alice, project, article):
    Article.objects.filter(pk=article.pk).update(title="The harbour of the northern quay reopens " * 4)
    Assignment.objects.assign(project, [article.pk], [alice.pk], by=alice, blind=False)
    page = signed_in_page(alice)
    for width in (390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/for-you/")
        assert page.evaluate(LINES_OF_NAME) < 1.5, width
        page.goto(project.get_absolute_url())
        assert page.evaluate(ROOM) >= 4, width
