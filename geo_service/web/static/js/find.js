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

// Whatever goes wrong is said in place, and what was found before stays. "Again" does the same once more.
let again;
const failed = (why, source) => {
  const notice = byId("failed");
  notice.querySelector("p").textContent = notice.dataset[why];
  notice.hidden = false;
  again = source;
};
document.addEventListener("htmx:before:response", (event) => {
  const { response, request, sourceElement } = event.detail.ctx;
  if (response.status < 400 || request.headers["HX-Request-Type"] !== "partial") return;
  event.preventDefault();
  failed(response.status < 500 ? "wrong" : "busy", sourceElement);
});
document.addEventListener("htmx:error", (event) => failed("away", event.detail.ctx?.sourceElement));
byId("failed").querySelector("button").addEventListener("click", () => {
  if (!again?.isConnected) location.reload();
  else if (again.requestSubmit) again.requestSubmit();
  else again.click();
});

/** Where the chosen thing went with the old results, go on at the new ones. */
const goOn = () => {
  const here = document.activeElement;
  const lost = !here || here === document.body || (here.closest("details:not([open])") && here.localName !== "summary");
  if (lost) byId("count")?.focus({ preventScroll: true });
};
document.addEventListener("htmx:after:swap", () => {
  byId("failed").hidden = true;
  byId("say").textContent = byId("count")?.textContent.replace(/\s+/g, " ").trim() ?? "";
  goOn();
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
