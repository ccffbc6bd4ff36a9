"""What kind of browser somebody uses, told in two words so that they know it again."""

_BROWSERS = (
    ("SamsungBrowser", "Samsung Internet"),
    ("KAKAOTALK", "KakaoTalk"),
    ("NAVER", "Naver"),
    ("Whale", "Whale"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""Many also name those that stand further down, so the first that is found counts."""

_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Chrome · Android; empty for what nobody knows."""
    found = (
        next((name for sign, name in kinds if sign in user_agent), "")
        for kinds in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(filter(None, found))
