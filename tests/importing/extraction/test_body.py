"""Blocks that trafilatura wrote anew, which no element of the page stands for, become HTML."""

from lxml import etree

from cases import each
from newsreader.importing.extraction.body import serialise_block


@each(
    ("xml", "html"),
    [
        ("<p>Fog.</p>", "<p>Fog.</p>"),
        ('<head rend="h2">Fog</head>', "<h2>Fog</h2>"),
        ("<head>Fog</head>", "<h3>Fog</h3>"),
        ('<list rend="ol"><item>One</item></list>', "<ol><li>One</li></ol>"),
        ("<list><item>One</item></list>", "<ul><li>One</li></ul>"),
        (
            '<list rend="dl"><item rend="dt-1">Day</item><item rend="dd-1">Friday</item></list>',
            "<dl><dt>Day</dt><dd>Friday</dd></dl>",
        ),
        (
            '<table><row><cell role="head">Day</cell><cell>Friday</cell></row></table>',
            "<table><tr><th>Day</th><td>Friday</td></tr></table>",
        ),
        (
            '<p><hi rend="#b">At</hi> <hi rend="#sub">2</hi> <hi>once</hi></p>',
            "<p><strong>At</strong> <sub>2</sub> <em>once</em></p>",
        ),
        ("<p><code>x = 1</code></p>", "<p><code>x = 1</code></p>"),
        ("<code>x = 1\ny = 2</code>", "<pre>x = 1\ny = 2</pre>"),
        (
            '<quote><p>Fog.<lb/>And <ref target="https://quay.example/">rain</ref>.</p></quote>',
            '<blockquote><p>Fog.<br>And <a href="https://quay.example/">rain</a>.</p></blockquote>',
        ),
        ('<p><del rend="overstrike">Rain</del></p>', "<p><s>Rain</s></p>"),
    ],
)
def test_a_block_of_trafilatura_becomes_html(xml: str, html: str) -> None:
    assert serialise_block(etree.fromstring(xml)).replace("<br/>", "<br>") == html
