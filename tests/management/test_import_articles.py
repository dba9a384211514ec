import pytest
from django.core.management import CommandError, call_command

from bulk import make_files, make_zip
from newsreader.models import Article, ArticleImport, Source
from working import run_queued_tasks

TEXT = "The ferry sails again, and forty people were on board when she left the pier on Sunday night."
pytestmark = pytest.mark.django_db


def saved(folder, name: str, title: str = "Night ferry", url: str = "", words: str = TEXT):
    """A saved page in the folder."""
    link = f'<link rel="canonical" href="{url}">' if url else ""
    path = folder / name
    path.write_text(
        f"<html lang='en'><head><title>{title}</title>{link}</head><body><h1>{title}</h1><p>{words}</p></body>"
    )
    return path


def run(capsys, *arguments) -> tuple[list[str], int]:
    """The lines that the command writes, and its exit status."""
    status = 0
    try:
        call_command("import_articles", *map(str, arguments))
    except SystemExit as ended:
        status = ended.code
    return capsys.readouterr().out.splitlines(), status


def test_a_saved_page_becomes_a_published_article(tmp_path, capsys):
    lines, status = run(capsys, saved(tmp_path, "a.html"), "--source", "The Quay")
    assert lines == [
        "imported      Night ferry (The Quay, 18 words) -> /articles/night-ferry/",
        "1 imported, 0 already here, 0 failed.",
    ]
    assert status == 0
    assert Article.objects.get().is_published


def test_a_draft_is_for_curators(tmp_path, capsys):
    run(capsys, saved(tmp_path, "a.html"), "--draft")
    assert Article.objects.get().status == Article.Status.DRAFT


def test_the_same_page_again_is_already_here(tmp_path, capsys):
    run(capsys, saved(tmp_path, "a.html"))
    lines, status = run(capsys, tmp_path)
    assert lines[0] == "already here  Night ferry (Unknown source) -> /articles/night-ferry/"
    assert (Article.objects.count(), status) == (1, 0)


def test_the_same_address_is_not_imported_twice_whatever_it_says_now(tmp_path, capsys):
    url = "https://quay.example/ferry"
    run(
        capsys,
        saved(tmp_path, "a.html", url=url),
        saved(tmp_path, "b.html", "Other", url + "?utm_medium=mail", TEXT * 2),
    )
    assert [article.title for article in Article.objects.all()] == ["Night ferry"]


def test_the_same_text_is_not_imported_twice_from_another_file(tmp_path, capsys):
    run(capsys, saved(tmp_path, "a.html"), saved(tmp_path, "b.html", "Another title"), "--source", "The Quay")
    assert Article.objects.count() == 1


def test_one_bad_page_does_not_keep_the_others_out(tmp_path, capsys):
    (tmp_path / "b.html").write_text("")
    saved(tmp_path, "a.html")
    saved(tmp_path, "c.html", "Day ferry", words="In the daytime " + TEXT)
    lines, status = run(capsys, tmp_path)
    assert [line[:12].strip() for line in lines] == ["imported", "failed", "imported", "2 imported,"]
    assert lines[1].endswith("b.html: This page is empty.")
    assert status == 1


@pytest.mark.parametrize("place", ["nowhere.html", ".", "http://127.0.0.1/", "ftp://quay.example/"])
def test_what_cannot_be_had_leaves_nothing_behind(tmp_path, capsys, monkeypatch, place):
    monkeypatch.chdir(tmp_path)
    lines, status = run(capsys, place)
    assert lines[0].startswith(f"failed        {place}: ")
    assert (status, Article.objects.count(), Source.objects.count()) == (1, 0, 0)


def test_a_plain_text_becomes_an_article(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(f"Night ferry\n\n{TEXT}")
    run(capsys, tmp_path / "a.txt")
    assert Article.objects.get().title == "Night ferry"


def test_a_web_address_becomes_an_article(site, settings, capsys):
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    lines, status = run(capsys, site.url + "/ferry", site.url + "/missing")
    assert lines[0].startswith("imported      Night ferry to Skarholm gets a second life (The Quay, ")
    assert lines[1] == f"failed        {site.url}/missing: The URL answered 404 Not Found."
    assert status == 1


def test_a_plain_text_on_the_web_becomes_an_article_of_that_address(site, settings, capsys):
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    run(capsys, site.url + "/note")
    article = Article.objects.get()
    assert (article.title, article.url, article.language) == ("Ein Brief", site.url + "/note", "de")


def test_in_the_background_a_worker_imports_files_and_archives(tmp_path, capsys, settings):
    settings.DATA_DIR = tmp_path / "data"
    folder = tmp_path / "saved"
    folder.mkdir()
    saved(folder, "a.html")
    (tmp_path / "more.zip").write_bytes(make_zip(make_files(2)))
    lines, status = run(capsys, folder, tmp_path / "more.zip", "--background", "--source", "The Quay", "--draft")
    assert lines == [f"2 queued -> /imports/{ArticleImport.objects.get().pk}/"] and status == 0
    run_queued_tasks()
    assert Article.objects.filter(source__name="The Quay", status="draft").count() == 3


def test_in_the_background_nothing_is_queued_where_a_file_is_missing(tmp_path, capsys):
    with pytest.raises(CommandError, match=r"nowhere\.html: There is no such file"):
        run(capsys, tmp_path / "nowhere.html", "--background")
    assert not ArticleImport.objects.exists()
