// The live map: it reads the drawn one and the list beside it, and shows the same.

import { Map as LiveMap, NavigationControl, ScaleControl } from "../vendor/maplibre-gl.mjs";
import { place as placePins } from "./livepins.js";

const KOREAN = {
  "Map.Title": "동네 지도. 방향키로 움직이고 +, - 키로 크기를 바꿉니다.",
  "NavigationControl.ZoomIn": "크게",
  "NavigationControl.ZoomOut": "작게",
  "ScaleControl.Meters": "m",
  "ScaleControl.Kilometers": "km",
  "CooperativeGesturesHandler.WindowsHelpText": "Ctrl 키를 누르고 굴리면 지도가 커집니다",
  "CooperativeGesturesHandler.MacHelpText": "⌘ 키를 누르고 굴리면 지도가 커집니다",
  "CooperativeGesturesHandler.MobileHelpText": "두 손가락으로 지도를 움직이세요",
};
const GREEN = "#0d5b50";
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const letters = getComputedStyle(document.body).fontFamily.split(",").map((name) => name.trim().replace(/^["']|["']$/g, ""));

let map, styled;

const style = (address) =>
  (styled ??= new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
    link.onload = link.onerror = done;
    document.head.append(link);
  }));

const collection = (features) => ({ type: "FeatureCollection", features });
const feature = (type, coordinates, properties = {}) => ({ type: "Feature", properties, geometry: { type, coordinates } });

/** The drawing as GeoJSON: its units are an even net over so small a piece of the earth. */
const read = (svg) => {
  const { lat, lng, latPerUnit, lngPerUnit } = Object.fromEntries(Object.entries(svg.dataset).map(([name, value]) => [name, Number(value)]));
  const middle = svg.viewBox.baseVal.width / 2;
  const place = ([x, y]) => [lng + (x - middle) * lngPerUnit, lat - (y - middle) * latPerUnit];
  const circle = (radius) => Array.from({ length: 97 }, (_, i) => place([middle + radius * Math.sin((i * Math.PI) / 48), middle - radius * Math.cos((i * Math.PI) / 48)]));
  const rings = (path) => path.split(/(?=M)/).map((ring) => {
    const spots = ring.slice(1, -1).split("L").map((spot) => place(spot.split(" ").map(Number)));
    return [...spots, spots[0]];
  });
  const reach = Number(svg.querySelector(".reach").getAttribute("r"));
  const ring = svg.querySelector(".ring");
  return {
    home: feature("Point", [lng, lat]),
    reach: feature("Polygon", [circle(reach)]),
    ring: feature("LineString", ring ? circle(Number(ring.getAttribute("r"))) : []),
    dongs: collection([...svg.querySelectorAll(".dongs path")].map((path) => feature("MultiPolygon", rings(path.getAttribute("d")).map((r) => [r])))),
    names: collection([...svg.querySelectorAll(".names text, .ring-name")].map((text) => feature("Point", place([Number(text.getAttribute("x")), Number(text.getAttribute("y"))]), { name: text.textContent }))),
    bounds: [place([middle - reach, middle + reach]), place([middle + reach, middle - reach])],
    limits: [place([middle - 1100, middle + 1100]), place([middle + 1100, middle - 1100])],
  };
};

const homeGround = () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 72, height: 72 });
  const pen = canvas.getContext("2d");
  pen.arc(36, 36, 31, 0, 7);
  pen.fillStyle = "#ffcb52";
  pen.fill();
  pen.lineWidth = 8;
  pen.strokeStyle = "#fff";
  pen.stroke();
  pen.fillStyle = "#1b2927";
  pen.fill(new Path2D("M20 36 36 20l16 16v16H20z"));
  return pen.getImageData(0, 0, 72, 72);
};

const text = (field, size) => ({ "text-field": ["get", field], "text-font": [`${letters[0]} Bold`, ...letters], "text-size": size });

const layers = [
  { id: "ground", type: "background", paint: { "background-color": "#e9efe4" } },
  { id: "dongs", type: "fill", source: "dongs", paint: { "fill-color": "#f4f2e8" } },
  { id: "borders", type: "line", source: "dongs", paint: { "line-color": "#b9c3b0", "line-width": 1.5 } },
  { id: "reach", type: "fill", source: "reach", paint: { "fill-color": GREEN, "fill-opacity": 0.09 } },
  { id: "rim", type: "line", source: "reach", paint: { "line-color": GREEN, "line-width": 2 } },
  { id: "ring", type: "line", source: "ring", paint: { "line-color": GREEN, "line-opacity": 0.55, "line-dasharray": [1, 3] } },
  { id: "names", type: "symbol", source: "names", layout: text("name", 16), paint: { "text-color": "#53645c", "text-halo-color": "#f6f4ea", "text-halo-width": 2 } },
  { id: "home", type: "symbol", source: "home", layout: { "icon-image": "home", "icon-size": 1.4, "icon-allow-overlap": true, "icon-ignore-placement": true } },
];

/** Show the live map over the drawn one in `box`, or bring it up to date; `choose` hears which pin was tapped. */
export const show = async (box, choose) => {
  const container = box.querySelector(".live");
  const seen = read(box.querySelector(".svgmap"));
  const data = { dongs: seen.dongs, reach: seen.reach, ring: seen.ring, names: seen.names, home: seen.home };
  const group = () => placePins(map, box.dataset.more, choose);
  if (map && map.getContainer() === container) {
    map.setMaxBounds(null);
    for (const [name, value] of Object.entries(data)) map.getSource(name).setData(value);
    map.fitBounds(seen.bounds, { padding: 12, animate: !calm });
    map.setMaxBounds(seen.limits);
    group();
    return;
  }
  map?.remove();
  await style(box.dataset.style);
  map = new LiveMap({
    container,
    style: { version: 8, sources: Object.fromEntries(Object.entries(data).map(([name, value]) => [name, { type: "geojson", data: value }])), layers },
    bounds: seen.bounds,
    fitBoundsOptions: { padding: 12 },
    maxBounds: seen.limits,
    maxZoom: 18.5,
    dragRotate: false,
    touchPitch: false,
    pitchWithRotate: false,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches,
    attributionControl: false,
    locale: document.documentElement.lang === "ko" ? KOREAN : {},
    localIdeographFontFamily: letters.join(","),
    fadeDuration: calm ? 0 : 200,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  map.addImage("home", homeGround(), { pixelRatio: 2 });
  await new Promise((done, failed) => {
    map.once("load", done);
    map.once("error", (event) => failed(event.error));
  });
  group();
  map.on("zoomend", group);
  container.classList.add("ready");
};
