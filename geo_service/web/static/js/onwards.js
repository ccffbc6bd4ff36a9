// A page whose form only carries an answer onwards sends it by itself; without scripts it is pressed.
document.getElementById("onwards").requestSubmit();
