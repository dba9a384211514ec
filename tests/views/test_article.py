import pytest

from cases import each
from markup import markup
from newsreader.models import Article, Reading


def send(client, article, htmx=False, **fields):
    headers = {"HTTP_HX_REQUEST": "true"} if htmx else {}
    return client.post(article.get_absolute_url() + "state/", fields, **headers)


def reading(user, article):
    return Reading.objects.filter(user=user, article=article).first()


def test_marking_read_is_kept_and_leads_back(alice_client, alice, article):
    answer = send(alice_client, article, read="yes", next="/?page=2")
    assert answer["Location"] == "/?page=2"
    assert reading(alice, article).read_at
    assert reading(alice, article).revision == article.revision


def test_marking_unread_takes_it_back(alice_client, alice, article):
    send(alice_client, article, read="yes")
    send(alice_client, article, read="no")
    assert reading(alice, article).read_at is None


def test_saving_leaves_read_as_it_is(alice_client, alice, article):
    send(alice_client, article, read="yes")
    send(alice_client, article, saved="yes")
    assert reading(alice, article).read_at
    assert reading(alice, article).saved_at


def test_htmx_gets_the_form_in_its_new_state(alice_client, article):
    part = markup(send(alice_client, article, htmx=True, read="yes"))
    assert f'id="state-{article.pk}" data-read="yes"' in part
    assert 'name="read" value="no" aria-pressed="true"' in part
    assert "<html" not in part


def test_what_one_reader_marks_changes_nothing_for_another(alice_client, bob, article):
    send(alice_client, article, read="yes")
    assert reading(bob, article) is None


def test_a_visitor_is_asked_to_sign_in(visitor, article):
    assert send(visitor, article, read="yes")["Location"].startswith("/accounts/login/")
    assert not Reading.objects.exists()


def test_a_visitor_sees_no_buttons(visitor, article):
    assert b"Mark read" not in visitor.get("/").content
    assert b"Mark read" not in visitor.get(article.get_absolute_url()).content


@pytest.mark.parametrize("place", ["/", "article"])
def test_a_reader_finds_the_buttons_in_the_list_and_on_the_page(alice_client, article, place):
    page = alice_client.get(article.get_absolute_url() if place == "article" else place)
    assert f'id="state-{article.pk}"' in page.content.decode()


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_is_not_published_cannot_be_marked(alice_client, article, status):
    Article.objects.filter(pk=article.pk).update(status=status)
    assert send(alice_client, article, read="yes").status_code == 404


def test_an_article_that_is_not_there_cannot_be_marked(alice_client, db):
    assert alice_client.post("/articles/nothing/state/", {"read": "yes"}).status_code == 404


def test_an_answer_that_is_none_changes_nothing(alice_client, alice, article):
    send(alice_client, article, read="maybe", saved="")
    assert reading(alice, article).read_at is None


AWAY = ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
NOWHERE = ["abc", "library", "a.b", "../", "\0", "/" + "x" * 20_000]  # no path of this site


@each("away", [*AWAY, *NOWHERE])
def test_the_way_back_never_leads_to_another_site_or_nowhere(alice_client, article, away):
    assert send(alice_client, article, read="yes", next=away)["Location"] == article.get_absolute_url()
