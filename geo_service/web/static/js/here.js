// Fills a form with where the device is, when somebody asks for it, and sends it.
for (const form of document.querySelectorAll("form[data-here]")) {
  const told = form.querySelector("[role=status]");
  const tell = (words) => { told.textContent = words; told.hidden = !words; };
  form.addEventListener("submit", (event) => {
    if (form.lat.value) return;
    event.preventDefault();
    tell(form.dataset.wait);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        tell("");
        const told = (degrees) => ("roughly" in form.dataset ? degrees.toFixed(4) : degrees);
        form.lat.value = told(coords.latitude);
        form.lng.value = told(coords.longitude);
        form.requestSubmit();
      },
      () => tell(form.dataset.denied),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
  addEventListener("pageshow", () => { form.lat.value = form.lng.value = ""; });
}
