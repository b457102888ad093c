"""``lxml`` where the compiled one is not to be had: a pure-Python ``lxml.etree``.

The guest's folder comes first on ``sys.path``, so this package is found first. Who gives what:

* A compiled lxml further along ``sys.path`` whose ``etree`` loads wins: this package then stands for
  it, its ``__path__`` names the compiled one's folder and nothing of ours is used.
* Otherwise ``lxml.etree`` is the one beside this file. lxml's own Python modules (``lxml.html``,
  ``lxml.builder``, ``lxml.html.clean``, …) run on it unmodified; they are taken from any folder
  ``lxml`` on ``sys.path``, such as that of an lxml installed for another interpreter.
* Where there is none, importing ``lxml.html`` or ``lxml.builder`` says what to install.
"""

from . import _search_path

__version__ = "4.9.2"


def get_include():
    """The folders of C headers: there are none."""
    return []


_own = __path__[0]

if not _search_path.hand_over(_own, globals()):
    # Imported while only our folder is searched: a compiled one that does not load must not be found.
    from . import etree as etree

    __path__ = _search_path.PackagePath(_own)
