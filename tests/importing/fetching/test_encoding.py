from cases import each
from newsreader.importing.fetching.encoding import decode_page

CZECH = "Žluťoučký kůň úpěl ďábelské ódy. "
JAPANESE = "港の猫は灯台の見張りを手伝っている。"


def stated(charset: str) -> str:
    return f'<meta charset="{charset}">'


@each(
    ("text", "codec", "head", "content_type"),
    [
        (CZECH, "utf-8", "", ""),
        (CZECH, "utf-8-sig", "", "text/html; charset=iso-8859-2"),
        (CZECH, "utf-16", "", ""),
        (CZECH, "windows-1250", stated("windows-1250"), ""),
        (CZECH, "windows-1250", "", "text/html; charset=windows-1250"),
        (CZECH, "iso-8859-2", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-2">', ""),
        (CZECH, "iso-8859-2", '<?xml version="1.0" encoding="iso-8859-2"?>', ""),
        (CZECH, "utf-8", stated("windows-1252"), ""),
        (JAPANESE, "shift_jis", stated("x-sjis"), ""),
        (JAPANESE, "euc_jp", stated("euc-jp"), "text/html"),
        (JAPANESE, "iso2022_jp", stated("iso-2022-jp"), ""),
        ("深圳的码头", "gbk", stated("gb2312"), ""),
        ("“Smart” – quotes", "windows-1252", stated("iso-8859-1"), ""),
    ],
)
def test_a_page_is_read_in_its_own_encoding(text, codec, head, content_type):
    assert decode_page((head + text).encode(codec), content_type) == head + text


@each(
    ("page", "content_type", "text"),
    [
        (
            stated("utf-8").encode() + "La jetée ".encode() + b"\xe9t\xe9" + " fermée".encode(),
            "",
            "La jetée \ufffdt\ufffd fermée",
        ),
        (b"<p>caf\xe9 noir", "text/html; charset=UTF8", "<p>caf\ufffd noir"),
        (
            stated("utf-8").encode() + b"\xe2\x82 then \xf0\x9f\x98 then \xed\xa0\x80",
            "",
            "\ufffd then \ufffd then \ufffd\ufffd\ufffd",
        ),
        (b"\xef\xbb\xbf" + stated("windows-1252").encode() + b"\xe9", "text/html; charset=iso-8859-1", "\ufffd"),
        (CZECH.encode() + b"\x9e" + CZECH.encode(), "", f"{CZECH}\ufffd{CZECH}"),
    ],
)
def test_a_bad_byte_in_utf8_is_one_replacement_character_as_in_browsers(page, content_type, text):
    assert decode_page(page, content_type).removeprefix(stated("utf-8")).removeprefix(stated("windows-1252")) == text


@each(
    ("head", "content_type", "codec"),
    [
        (stated("iso-8859-1"), "text/html; charset=windows-1250", "windows-1250"),
        (stated("utf-8"), "text/html; charset=iso-8859-2", "iso-8859-2"),
        (stated("windows-1250"), "text/html; charset=klingon", "windows-1250"),
        (stated("windows-1250"), "text/html; charset=", "windows-1250"),
        (stated("windows-1250") + stated("utf-8"), "", "windows-1250"),
        (stated("klingon") + stated("windows-1250"), "", "windows-1250"),
        (f"<!-- {stated('utf-8')} -->" + stated("windows-1250"), "", "windows-1250"),
        (f"<script>const a = '{stated('utf-8')}'</script>" + stated("windows-1250"), "", "windows-1250"),
        ("<meta name='description' content='charset=utf-8'>" + stated("windows-1250"), "", "windows-1250"),
        ("<META CONTENT='text/html;charset = \"cp1250\"' HTTP-EQUIV=Content-Type>", "", "windows-1250"),
        ("<meta title='a > b' charset = windows-1250 />", "", "windows-1250"),
        (f"<!--{' ' * 2_000}-->" + stated("windows-1250"), "", "windows-1250"),
        ("<?xml version='1.0' encoding='windows-1250' ?>", "", "windows-1250"),
        ("<?xml version='1.0' encoding='utf-8'?>" + stated("windows-1250"), "", "windows-1250"),
        (stated("utf-16"), "", "utf-8"),
        (stated("utf-16be"), "", "utf-8"),
        ("<!DOCTYPE html>", "text/html; charset=utf-16le", "utf-16-le"),
        ("<?xml version='1.0'?>", "", "utf-16-be"),
        ("<!doctype html>", "", "utf-16-le"),
    ],
)
def test_the_encoding_is_looked_for_in_the_order_of_the_standard(head, content_type, codec):
    assert decode_page((head + CZECH).encode(codec), content_type) == head + CZECH


@each(
    ("label", "page", "text"),
    [
        ("x-user-defined", b"caf\xe9", "café"),
        ("shift_jis", b"\x87\x40\xfb\xfc", "①髙"),
        ("gb2312", "镕".encode("gbk"), "镕"),
        ("gbk", "€".encode("gb18030"), "€"),
        ("latin1", b"\x93caf\xe9\x94", "“café”"),
        ("euc-kr", "똠".encode("cp949"), "똠"),
        ("macintosh", b"caf\x8e", "café"),
        ("windows-1252", "Blå pærer på øya".encode(), "Blå pærer på øya"),
        ("gb2312", "联通".encode("gbk"), "联通"),
    ],
)
def test_labels_mean_what_they_mean_in_browsers(label, page, text):
    assert decode_page(stated(label).encode() + page) == stated(label) + text


def test_an_unstated_encoding_is_guessed():
    assert decode_page((CZECH * 20).encode("windows-1250")) == CZECH * 20


def test_bytes_that_no_encoding_explains_are_replaced_one_by_one():
    assert decode_page(stated("utf-8").encode() + b"caf\xe9 noir").endswith("noir")


def test_an_encoding_that_nobody_knows_is_ignored():
    assert decode_page(stated("klingon").encode() + CZECH.encode()).endswith(CZECH)


def test_characters_stay_as_they_are():
    assert decode_page(CZECH) == CZECH
