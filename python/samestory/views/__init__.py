"""What a person sees of a result: one view a file, each a plain function of the stories.

``text`` is for the terminal, ``notebook`` for Jupyter, ``report`` writes a web page, ``timeline``
draws, ``table`` writes files for other programs.
"""
