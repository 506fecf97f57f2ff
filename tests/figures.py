"""Reading figures in tests: numbers written as digits or as Arabic words, and the links that carry them."""

import re

# How the counts of nothing, one and two begin, by hand: from three on digits stand.
WORDS = {
    0: ("لا ",),
    1: ("واحدة", "نقطة واحدة", "اجتماع واحد", "اتفاقية واحدة", "غرفة واحدة"),
    2: ("اثنتان", "نقطتان", "اجتماعان", "اتفاقيتان", "غرفتان"),
}


def said(markup):
    """Return the number that a phrase begins with, in digits or words."""
    text = re.sub(r"<[^>]+>", "", markup).strip()
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits[0])
    return next(n for n, beginnings in WORDS.items() if text.startswith(beginnings))


def counted(markup):
    """Return the address and the figure of every link that counts something, outside trails and ways out."""
    body = re.sub(r"<nav\b.*?</nav>", "", markup, flags=re.DOTALL)
    links = re.findall(r'<a (?!class="more")[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', body, re.DOTALL)
    return [(href, said(text)) for href, text in links]
