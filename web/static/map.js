// The map: clusters or heat over our own streets and grids; pictures of the ground only where they are configured.
const box = document.getElementById("map");
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const words = (text) => { const node = document.createElement("span"); node.textContent = text; return node; };

function paint(feature) {
  const kind = feature.properties.kind;
  if (kind === "road") return { color: css("--soft"), weight: 2, opacity: 0.5, interactive: false };
  if (kind === "grid") return { color: css("--soft"), weight: 1, opacity: 0.5, dashArray: "3 4", fill: false, interactive: false };
  return { color: css("--accent"), weight: 2, fillOpacity: 0.05, interactive: false };
}

function name(feature, layer) {
  if (feature.properties.kind === "road") layer.bindTooltip(words(feature.properties.name), { permanent: true, direction: "center", className: "label road" });
}

// A street's name stands above it: what lies on it would hide it.
function names(ground, map) {
  ground.eachLayer((layer) => {
    if (layer.feature.properties.kind !== "street") return;
    const bounds = layer.getBounds();
    L.tooltip({ permanent: true, direction: "top", offset: [0, 2], className: "label street" })
      .setLatLng([bounds.getNorth(), bounds.getCenter().lng]).setContent(words(layer.feature.properties.name)).addTo(map);
  });
}

function spot([number, lat, lon, title, , late]) {
  const marker = L.marker([lat, lon], { icon: L.divIcon({ className: late ? "spot late" : "spot", iconSize: [18, 18] }), title: `#${number} ${title}`, alt: `#${number} ${title}` });
  const link = document.createElement("a");
  link.href = `/tickets/${number}`;
  link.textContent = `#${number} ${title}${late ? ` · ${box.dataset.late}` : ""}`;
  return marker.bindPopup(link);
}

function cluster(group) {
  const late = group.getAllChildMarkers().some((one) => one.options.icon.options.className.includes("late"));
  const size = 30 + Math.min(20, Math.sqrt(group.getChildCount()) * 3);
  return L.divIcon({ html: words(String(group.getChildCount())), className: late ? "crowd late" : "crowd", iconSize: [size, size] });
}

async function draw() {
  const [areas, points] = await Promise.all([box.dataset.areas, box.dataset.points].map(async (url) => (await fetch(url)).json()));
  box.hidden = false;
  const map = L.map(box, { zoomControl: true, attributionControl: Boolean(box.dataset.credit), preferCanvas: true, maxZoom: 18, zoomSnap: 0.25 });
  map.getPane("tooltipPane").style.zIndex = 350;
  const near = () => box.classList.toggle("near", map.getZoom() >= 14.5);
  map.on("zoomend", near);
  if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { maxZoom: 18, attribution: box.dataset.credit }).addTo(map);
  const ground = L.geoJSON(areas, { style: paint, onEachFeature: name }).addTo(map);
  names(ground, map);
  const crowds = L.markerClusterGroup({ iconCreateFunction: cluster, showCoverageOnHover: false, maxClusterRadius: 46 });
  const spots = points.map(spot);
  crowds.addLayers(spots);
  const heat = L.heatLayer(points.map(([, lat, lon]) => [lat, lon, 0.6]), { radius: 28, blur: 22, maxZoom: 16 });
  const one = points.findIndex(([number]) => String(number) === box.dataset.one);
  const bounds = areas.features.length ? ground.getBounds() : crowds.getBounds();
  if (one >= 0) map.setView(spots[one].getLatLng(), 17);
  else if (bounds.isValid()) map.fitBounds(bounds, { paddingTopLeft: [10, 32], paddingBottomRight: [10, 10] });
  else map.setView([34.6, 119.2], 12);
  map.addLayer(crowds);
  near();
  if (one >= 0) crowds.zoomToShowLayer(spots[one], () => spots[one].openPopup());
  document.getElementById("drawn").remove();
  choose(map, { cluster: crowds, heat });
}

function choose(map, layers) {
  const how = document.getElementById("map-how");
  how.hidden = false;
  how.addEventListener("click", ({ target }) => {
    if (!target.dataset.how) return;
    for (const button of how.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === target));
    for (const [key, layer] of Object.entries(layers)) (key === target.dataset.how ? map.addLayer(layer) : map.removeLayer(layer));
  });
}

draw().catch((error) => { box.hidden = true; console.warn("map:", String(error)); });
