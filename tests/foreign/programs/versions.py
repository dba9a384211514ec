"""The versions of programs that no package names."""

import pypandoc
from answers import write

write(pandoc=pypandoc.get_pandoc_version())
