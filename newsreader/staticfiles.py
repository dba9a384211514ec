"""Static files under names that carry their content's hash, compressed, with imports between our own modules rewritten."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Rewrites `import` in js/*.js only: other packages' modules do not all name files that exist."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "js/*.js",
            (
                (
                    r"""(?P<matched>import\s+(?s:(?P<import>[^;'"]*?))\s*from\s*["'](?P<url>[./].*?)["']\s*;)""",
                    """import %(import)s from "%(url)s";""",
                ),
                (r"""(?P<matched>import\s*["'](?P<url>[./].*?)["']\s*;)""", """import "%(url)s";"""),
            ),
        ),
    )
