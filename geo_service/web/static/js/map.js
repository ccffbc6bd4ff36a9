// When the live map comes: on a tap on phones, in an idle moment on wide screens, and never without WebGL.

const wide = matchMedia("(min-width: 1024px)");
const box = () => document.getElementById("mapbox");
let live; // the module, once somebody wanted it

const hasWebGL = () => {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
};

/** Show which card a pin means. Numbers are those of the list. */
const choose = (number) => {
  for (const old of document.querySelectorAll(".card.on")) old.classList.remove("on");
  const card = document.getElementById(`n${number}`);
  if (!card) return;
  card.classList.add("on");
  card.querySelector("a").focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  card.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
};

const open = async () => {
  if (!box() || !hasWebGL()) return;
  try {
    live ??= await import("./livemap.js");
    await live.show(box(), choose);
  } catch {
    box()?.querySelector(".live").classList.remove("ready"); // the drawn map stays
  }
};

document.addEventListener("click", (event) => {
  if (event.target.closest("#map-open")) open();
  const pin = event.target.closest(".mappin[data-numbers]");
  if (pin) choose(pin.dataset.numbers.split(" ")[0]);
});
document.addEventListener("htmx:after:swap", () => {
  if (live) open();
});

if (location.hash === "#map") open();
else if (wide.matches && !navigator.connection?.saveData) {
  const whenIdle = window.requestIdleCallback ?? ((task) => setTimeout(task, 1500));
  whenIdle(open, { timeout: 4000 });
}
