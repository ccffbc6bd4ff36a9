"""When a door is open: hours of the week, and the days on which it stays shut.

`week` counts minutes of the week. `closures` names closed days, and reads them from the words of
official files with the help of `lexicon` and `reading`. `korean` says both in a few words.
"""
