// The list as pins on the live map: buttons, so that fingers, mice and keyboards reach them alike.

import { Marker } from "../vendor/maplibre-gl.mjs";

let pins = [];

/** As far apart as a button is wide; it grows with the letters. */
const apart = () => 4.4 * parseFloat(getComputedStyle(document.documentElement).fontSize);

/** The cards of the list by place: those whose pins would cover each other share one. */
const spots = (map) => {
  const found = [];
  for (const card of document.querySelectorAll("#list [data-n]")) {
    const at = [Number(card.dataset.lng), Number(card.dataset.lat)];
    const { x, y } = map.project(at);
    const near = found.find((spot) => Math.hypot(spot.x - x, spot.y - y) < apart());
    if (near) near.cards.push(card);
    else found.push({ x, y, at, cards: [card] });
  }
  return found;
};

/** What is written on it: 3, 3–5, or 3+2 where others lie between. */
const label = (cards) => {
  const [first, last, more] = [Number(cards[0].dataset.n), Number(cards.at(-1).dataset.n), cards.length - 1];
  if (!more) return `${first}`;
  return last - first === more ? `${first}–${last}` : `${first}+${more}`;
};

/** What it is called: "3. Title, 4 min", with how many more it stands for. */
const name = (cards, andMore) => {
  const [first, ...others] = cards;
  const title = first.querySelector("h3").textContent.trim();
  const far = (first.querySelector(".walk b") ?? first.querySelector(".far")).textContent.trim();
  const more = others.length ? ` ${andMore.replace("{n}", others.length)}` : "";
  return `${label(cards)}. ${title}${more}, ${far}`;
};

const button = (map, { at, cards }, andMore, choose) => {
  const kinds = new Set(cards.map((card) => card.dataset.kind));
  const element = Object.assign(document.createElement("button"), { type: "button", className: `livepin ${kinds.size > 1 ? "mixed" : [...kinds][0]}` });
  element.dataset.n = cards[0].dataset.n;
  element.setAttribute("aria-label", name(cards, andMore));
  element.append(Object.assign(document.createElement("span"), { textContent: label(cards) }));
  element.addEventListener("click", () => choose(element.dataset.n));
  element.addEventListener("focus", () => {
    // A browser scrolls to what it focuses; on a map, the map itself has to move.
    for (let box = element.parentElement; box !== map.getContainer().parentElement; box = box.parentElement) box.scrollTo(0, 0);
    if (!map.getBounds().contains(at)) map.panTo(at, { animate: false });
  });
  return element;
};

/** Put the pins of the present list on the map, grouped anew for its zoom. */
export const place = (map, andMore, choose) => {
  const held = pins.map((pin) => pin.getElement()).find((element) => element === document.activeElement)?.dataset.n;
  for (const pin of pins) pin.remove();
  pins = spots(map).map((spot) => new Marker({ element: button(map, spot, andMore, choose) }).setLngLat(spot.at).addTo(map));
  if (held) pins.findLast((pin) => Number(pin.getElement().dataset.n) <= Number(held))?.getElement().focus();
};
