"""The pages for people: what a browser gets before the program in it asks for data."""

from html import escape

from sim.report.text import clean, finished
from sim.version import __version__
from sim.web.refusal import Refusal

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="/assets/page.css">{head}
</head>
<body>
{body}
</body>
</html>
"""


def shell(title: str, beside: str) -> str:
    """The page of a view; `beside` is the address of the same as JSON."""
    link = escape(beside)
    head = f'\n<link rel="alternate" type="application/json" href="{link}">'
    body = (
        f"<noscript><h1>{escape(finished(clean(title)))}</h1>\n<p>This page needs scripts. "
        f'<a href="{link}">The same as JSON</a> does not.</p></noscript>\n'
        f'<div id="explorer" data-version="{__version__}"></div>\n'
        '<script src="/assets/page.js"></script>'
    )
    return _page(title, body, head)


def refusal_page(refusal: Refusal) -> str:
    """The page that says why there is none."""
    lines = [refusal.message, *([refusal.remedy] if refusal.remedy else [])]
    body = "\n".join(f"<p>{escape(finished(clean(line)))}</p>" for line in lines)
    return _page("No answer", f'<main><h1>No answer</h1>\n{body}\n<p><a href="/">All runs</a></p></main>')


def login_page(after: str, *, wrong: bool = False) -> str:
    """The page that asks for the token; `after` is where its reader wanted to go."""
    told = '<p role="alert">That is not the token.</p>\n' if wrong else ""
    body = f"""<main><h1>Log in</h1>
{told}<form method="post" action="/login">
<input type="hidden" name="next" value="{escape(after)}">
<p><label>Token <input type="password" name="token" autocomplete="current-password" required></label></p>
<p><button>Log in</button></p>
</form></main>"""
    return _page("Log in", body)


def _page(title: str, body: str, head: str = "") -> str:
    return _PAGE.format(title=escape(finished(clean(title))), body=body, head=head)
