"""What can be told of a name from its letters alone."""

from arabic.sorting import ARTICLE


def initials(name: str) -> str:
    """Return the first letters of the first and the last word: «أ ش» of «أحمد الشرادي», «AB» of «Abdelmalek Boutyine».

    A leading article is passed over. Arabic letters are parted by a space, or they would join into a word. One
    letter for a name of one word, nothing for an empty one.
    """
    words = name.split()
    ends = words if len(words) < 2 else [words[0], words[-1]]
    return ("" if name.isascii() else " ").join((word.removeprefix(ARTICLE) or word)[0] for word in ends)
