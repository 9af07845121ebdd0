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

_FRAME = """<div id="explorer">
<main class="view"><h1>{heading}</h1>
{told}</main>
</div>"""


def shell(title: str, beside: str) -> str:
    """The page of a view; `beside` is the address of the same as JSON."""
    link = escape(beside)
    head = f'\n<link rel="alternate" type="application/json" href="{link}">'
    name = escape(finished(clean(title)))
    body = f"""<div id="explorer" data-version="{__version__}">
<nav class="bar" aria-label="Explorer"><ul><li><a href="/">All runs</a></li></ul></nav>
<main class="view"><h1>{name}</h1>
<noscript><p>This page needs scripts. <a href="{link}">The same as JSON</a> does not.</p></noscript>
<p class="waiting scripted" role="status">This page is being read. The first time a run is asked about, it takes a
moment.</p></main>
</div>
<script src="/assets/page.js"></script>"""
    return _page(f"{title} - sim", body, head)


def refusal_page(refusal: Refusal) -> str:
    """The page that says why there is none."""
    message = clean(refusal.message)
    lines = [message[:1].upper() + message[1:] + "." * (not message.endswith(".")), clean(refusal.remedy)]
    body = "\n".join(f"<p>{escape(finished(line))}</p>" for line in lines if line)
    told = f'<div class="banner" role="alert">{body}</div>'
    return _page("No answer", _FRAME.format(heading="No answer", told=f'{told}\n<p><a href="/">All runs</a></p>'))


def login_page(after: str, *, wrong: bool = False) -> str:
    """The page that asks for the token; `after` is where its reader wanted to go."""
    wrongly = '<div class="banner" role="alert"><p>That is not the token.</p></div>\n' if wrong else ""
    told = f"""{wrongly}<p>Who runs this explorer has set a token, and can tell you what it is.</p>
<form class="asking" method="post" action="/login">
<input type="hidden" name="next" value="{escape(after)}">
<label><span>Token</span> <input type="password" name="token" autocomplete="current-password" required></label>
<button class="more">Log in</button>
</form>"""
    return _page("Log in", _FRAME.format(heading="Log in", told=told))


def _page(title: str, body: str, head: str = "") -> str:
    return _PAGE.format(title=escape(finished(clean(title))), body=body, head=head)
