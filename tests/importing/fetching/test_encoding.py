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


def test_an_unstated_encoding_is_guessed():
    assert decode_page((CZECH * 20).encode("windows-1250")) == CZECH * 20


def test_bytes_that_no_encoding_explains_are_replaced_one_by_one():
    assert decode_page(stated("utf-8").encode() + b"caf\xe9 noir").endswith("noir")


def test_an_encoding_that_nobody_knows_is_ignored():
    assert decode_page(stated("klingon").encode() + CZECH.encode()).endswith(CZECH)


def test_characters_stay_as_they_are():
    assert decode_page(CZECH) == CZECH
