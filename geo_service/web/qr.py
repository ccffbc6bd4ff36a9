"""QR codes as pictures in a page."""

from markupsafe import Markup


def qr_picture(text: str, *, is_fluid: bool = False) -> Markup:
    """What a telephone reads as `text`, as SVG: five units a module, or as wide as its place.

    Its colours stand in attributes, since styles in pages are forbidden.
    """
    import segno  # noqa: PLC0415 (few pages need it, and every start would wait for it)

    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=5, border=4, light="#fff", dark="#000", omitsize=is_fluid)
    return Markup(drawn)  # noqa: S704 (drawn here, from numbers)
