// The trend as a chart that answers to the pointer; the server's drawing stays where this cannot run.
const data = JSON.parse(document.getElementById("figures-data").textContent);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const box = document.getElementById("trend-chart");

function draw() {
  box.hidden = false;
  const chart = echarts.init(box, null, { renderer: "canvas" });
  const text = { color: colour("--soft"), fontFamily: getComputedStyle(document.body).fontFamily };
  chart.setOption({
    aria: { enabled: true }, textStyle: text, animation: false,
    grid: { left: 44, right: 16, top: 16, bottom: data.days.length > 45 ? 58 : 28 },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true },
    dataZoom: data.days.length > 45 ? [{ type: "slider", height: 18, bottom: 8 }, { type: "inside" }] : [],
    xAxis: { type: "category", data: data.days, axisLabel: { ...text, formatter: (day) => day.slice(5) }, axisLine: { lineStyle: { color: colour("--line") } } },
    yAxis: { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: colour("--line") } } },
    series: [
      { name: data.names.opened, type: "bar", data: data.opened, itemStyle: { color: colour("--accent"), borderRadius: [3, 3, 0, 0] }, barMaxWidth: 26 },
      { name: data.names.closed, type: "line", data: data.closed, itemStyle: { color: colour("--soon") }, lineStyle: { width: 2 }, symbol: "circle", symbolSize: 5 },
    ],
  });
  chart.on("click", ({ seriesIndex, name }) => {
    const there = new URLSearchParams(location.search);
    for (const key of ["since", "until"]) there.set(key, name);
    there.set("number", seriesIndex === 0 ? "opened" : "closed");
    location.href = `/?${there}`;
  });
  document.getElementById("trend-drawn").remove();
  addEventListener("resize", () => chart.resize());
}

if (window.echarts) draw();
