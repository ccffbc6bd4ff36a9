// The home page with scripts: "my place", and saying aloud what changed. Everything else is links and forms.

document.documentElement.classList.add("js");

const byId = (id) => document.getElementById(id);
const tell = (words) => {
  const says = byId("locate-says");
  says.textContent = words;
  says.hidden = !words;
};

/** Four decimals are eleven metres: enough to find, too little to find somebody. */
const roughly = (degrees) => degrees.toFixed(4);

// Before htmx sees the form: first ask the browser where we are, then send it like any other form.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.id !== "locate" || !form.elements.lat.disabled) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tell("");
    const fail = (error) => tell(error?.code === 1 ? form.dataset.refused : form.dataset.failed);
    if (!navigator.geolocation) return fail();
    form.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.removeAttribute("aria-busy");
        for (const [name, degrees] of [["lat", coords.latitude], ["lng", coords.longitude]]) {
          form.elements[name].value = roughly(degrees);
          form.elements[name].disabled = false;
        }
        form.requestSubmit();
      },
      (error) => {
        form.removeAttribute("aria-busy");
        fail(error);
      },
      { timeout: 10_000, maximumAge: 60_000 },
    );
  },
  true,
);

document.addEventListener("htmx:after:swap", () => {
  byId("away").hidden = true;
  byId("say").textContent = byId("count")?.textContent.replace(/\s+/g, " ").trim() ?? "";
});
document.addEventListener("htmx:error", () => {
  byId("away").hidden = false;
});

// A panel that was opened closes again by Escape, or by a tap beside it.
const panels = () => document.querySelectorAll("details.place[open], details.more[open], details.drop[open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const panel of panels()) {
    panel.open = false;
    panel.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const panel of panels()) if (!panel.contains(event.target)) panel.open = false;
});
