"""The one exception that a reader of the book may meet."""


class PracticumError(ValueError):
    """Something in the reader's input needs mending; the message is one or two plain sentences.

    The message says what is wrong, where it is, and how to mend it, in the reader's words.
    """

    def _render_traceback_(self):
        # IPython calls this in place of its own traceback: in a notebook the reader sees the sentence only.
        return [str(self)]
