"""Results that show themselves as a sentence."""

import html


class Sentence:
    """A result whose text form is a sentence; in a notebook and in the book it shows as a paragraph."""

    def _repr_html_(self):
        return f'<p class="result">{html.escape(str(self))}</p>'
