"""Pages hold at 320 px, with text twice as large, with more space between letters and words, and under a finger.

On every type of page of the real records, and on the states that strain a page most.
"""

import pytest
from django.core.management import call_command

from tests.pages import PAGES
from tests.states import all_states

# WCAG 2.2, 1.4.12, applied as its well-known bookmarklet does. A constructed sheet is no inline style to the policy.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }
  `);
  document.adoptedStyleSheets = [sheet];
}"""
ENLARGED = "() => { document.documentElement.style.fontSize = '200%' }"
WIDER_THAN_WINDOW = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Boxes that hide what does not fit in them. What is hidden on purpose is a pixel large.
CLIPPED = """() => [...document.querySelectorAll('body *')].filter(one => {
  const style = getComputedStyle(one);
  const cuts = value => value === 'hidden' || value === 'clip';
  if (one.clientHeight <= 1 || one.clientWidth <= 1 || !one.innerText?.trim()) return false;
  return (cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 1)
    || (cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 1);
}).map(one => `${one.tagName}.${one.className}: ${one.innerText.slice(0, 40)}`)"""
# Links and controls under 24 px, without those inside a sentence: inline ones whose line has letters of its own.
SMALL_TARGETS = """() => {
  const seen = [];
  const targets = 'a[href], button, summary, input:not([type=hidden]), select, textarea';
  for (const one of document.querySelectorAll(targets)) {
    if (!one.checkVisibility({visibilityProperty: true}) || one.closest('.visually-hidden, .skip')) continue;
    const box = one.getBoundingClientRect();
    if (box.width === 0 || (box.width >= 23.9 && box.height >= 23.9)) continue;
    let line = one.parentElement;
    while (getComputedStyle(line).display.startsWith('inline')) line = line.parentElement;
    const copy = line.cloneNode(true);
    copy.querySelectorAll('a, button, .visually-hidden').forEach(part => part.remove());
    const inSentence = getComputedStyle(one).display === 'inline' && /\\p{L}/u.test(copy.textContent);
    if (!inSentence) {
      const size = `${Math.round(box.width)}x${Math.round(box.height)}`;
      seen.push(`${size} ${one.outerHTML.replace(/\\s+/g, ' ').slice(0, 110)}`);
    }
  }
  return seen;
}"""


@pytest.fixture
def site(transactional_db):
    """The portal with all its records, and with every state of its pages; returns the addresses to visit."""
    call_command("loaddata", "reference", "seeds", "records", verbosity=0)
    return [*PAGES, *all_states().values()]


def test_no_page_scrolls_sideways_or_clips_its_text(site, page_at):
    page = page_at(320, height=700)
    wrong = []

    def look(what, path):
        if page.evaluate(WIDER_THAN_WINDOW):
            wrong.append(f"{path} {what}: scrolls sideways")
        wrong.extend(f"{path} {what}: clips {box}" for box in page.evaluate(CLIPPED))

    for path in site:
        page.set_viewport_size({"width": 320, "height": 700})
        page.goto(path)
        look("at 320 px", path)
        page.evaluate(SPACED)
        look("with text spacing", path)
        page.evaluate("() => { document.adoptedStyleSheets = [] }")
        page.set_viewport_size({"width": 640, "height": 700})
        page.evaluate(ENLARGED)
        look("with text twice as large", path)
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("width", [360, 1280])
def test_every_link_and_control_is_24_pixels_high_and_wide(site, page_at, width):
    page = page_at(width)
    small = []
    for path in site:
        page.goto(path)
        small += [f"{path}: {target}" for target in page.evaluate(SMALL_TARGETS)]
    assert small == [], "\n".join(small)
