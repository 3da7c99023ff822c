// The sandboxed frame without origin that draws figures with one library.
{
  /** @typedef {{ plot: string, dark: boolean, ink: string, line: string, save?: boolean }} Told */

  const place = /** @type {HTMLElement} */ (document.getElementById("plot"));
  const { library = "", more = "" } = /** @type {HTMLElement} */ (document.getElementById("frame")).dataset;
  const { Plotly, Bokeh, vegaEmbed } = /** @type {any} */ (globalThis);
  const clear = "rgba(0, 0, 0, 0)";
  Bokeh?.logger.set_level("warn"); // it is chatty

  /** The functions of each library to draw a figure, and to save it as PNG. @type {Record<string, { draw: (figure: any, told: Told) => unknown, save: () => Promise<string> }>} */
  const libraries = {
    plotly: {
      draw({ data, layout = {}, frames, config }, { dark, ink, line }) {
        const template = layout.template?.layout;
        const plain = dark && /^(white|#fff.*|)$/i.test(template?.paper_bgcolor ?? "");
        if (plain) layout.template = { ...layout.template, layout: plotlyInDark(template, ink, line) };
        const options = { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["toImage"], ...config };
        return Plotly.react(place, { data, layout: { autosize: true, ...layout }, frames, config: options });
      },
      save: () => Plotly.toImage(place, { format: "png", scale: 2 }),
    },
    altair: {
      draw(spec, { dark }) {
        const single = "mark" in spec || "layer" in spec;
        if (single && spec.width === undefined && spec.height === undefined) {
          Object.assign(spec, { width: "container", height: "container", autosize: { type: "fit", contains: "padding" } });
        }
        const config = { background: dark ? "transparent" : "white" };
        delete spec.usermeta;
        shown?.finalize();
        const options = { mode: "vega-lite", ast: true, actions: false, renderer: "svg", config, ...(dark && { theme: "dark" }) };
        return vegaEmbed(place, spec, options).then((/** @type {any} */ { view }) => (shown = view));
      },
      save: async () => shown.toImageURL("png", 2),
    },
    bokeh: {
      async draw(item, { dark, ink, line }) {
        const plain = await loadMore(item.doc);
        shown?.clear?.();
        place.replaceChildren();
        for (const root of item.doc.roots) fit(root);
        withoutSaving(item.doc, JSON.stringify(item));
        if (dark && plain) bokehInDark(item.doc, ink, line);
        document.documentElement.style.colorScheme = dark && plain ? "dark" : "light";
        shown = await Bokeh.embed.embed_item(item, place);
      },
      save: async () => [...shown.roots][0].export("auto", true).canvas.toDataURL("image/png"),
    },
  };
  /** The drawn figure, as the library has it. @type {any} */
  let shown;

  /** @param {any} template @param {string} ink @param {string} line */
  function plotlyInDark(template, ink, line) {
    const axis = { gridcolor: line, linecolor: line, zerolinecolor: line };
    const wall = { ...axis, backgroundcolor: clear };
    const scene = Object.fromEntries(["xaxis", "yaxis", "zaxis"].map((name) => [name, { ...template?.scene?.[name], ...wall }]));
    const [xaxis, yaxis] = [{ ...template?.xaxis, ...axis }, { ...template?.yaxis, ...axis }];
    const font = { ...template?.font, color: ink };
    return { ...template, paper_bgcolor: clear, plot_bgcolor: clear, font, xaxis, yaxis, scene };
  }

  /** Let a figure without sizes fill the frame. @param {any} root */
  function fit(root) {
    root.attributes ??= {};
    const own = ["width", "height", "sizing_mode", "frame_width", "frame_height"].some((name) => name in root.attributes);
    if (root.name.toLowerCase() === "figure" && !own) root.attributes.sizing_mode = "stretch_both";
  }

  /** Take out Bokeh's own button for a picture, which a sandbox does not let it save. @param {any} value @param {string} text */
  function withoutSaving(value, text) {
    if (typeof value !== "object" || value === null) return;
    const { tools } = value;
    const named = (/** @type {any} */ { name, id }) => name === "SaveTool" && text.split(`"${id}"`).length === 2;
    if (Array.isArray(tools)) value.tools = tools.filter((tool) => !named(tool));
    for (const item of Object.values(value)) withoutSaving(item, text);
  }

  /** Set the dark colours of Bokeh's models that the author left unset. @param {any} value @param {string} ink @param {string} line */
  function bokehInDark(value, ink, line) {
    if (typeof value !== "object" || value === null) return;
    for (const item of Object.values(value)) bokehInDark(item, ink, line);
    if (value.type !== "object") return;
    const text = { text_color: ink };
    const axis = { axis_label_text_color: ink, major_label_text_color: ink, axis_line_color: line, major_tick_line_color: line, minor_tick_line_color: line };
    const legend = { label_text_color: ink, title_text_color: ink, background_fill_color: clear, border_line_color: line };
    const bar = { major_label_text_color: ink, title_text_color: ink, background_fill_color: clear };
    const figure = { background_fill_color: clear, border_fill_color: clear, outline_line_color: line };
    const looks = /** @type {Record<string, object>} */ ({ Title: text, Grid: { grid_line_color: line }, Legend: legend, ColorBar: bar, Figure: figure, figure, Plot: figure });
    value.attributes = { ...(value.name.endsWith("Axis") ? axis : looks[value.name]), ...value.attributes };
  }

  /** Load the rest of Bokeh for what its core does not know: widgets, tables, mathematics. Tell whether it knew all. @param {object} doc */
  async function loadMore(doc) {
    const text = JSON.stringify(doc);
    const names = [...text.matchAll(/"type":"object","name":"(\w+)"/g)].map(([, name]) => name);
    const known = names.every((name) => Bokeh.Models.get(name));
    const special = /\$\$|\\\\[([]|"output_backend":"webgl"/.test(text);
    if (!known || special) for (const source of more.split(" ")) await load(source);
    return known;
  }

  /** @param {string} source */
  function load(source) {
    if (document.querySelector(`script[src="${source}"]`)) return undefined;
    const script = Object.assign(document.createElement("script"), { src: source });
    document.head.append(script);
    return new Promise((resolve, reject) => Object.assign(script, { onload: resolve, onerror: reject }));
  }

  /** @param {object} message */
  const tell = (message) => parent.postMessage(message, "*");

  /** Draw a figure or make a picture of it; one after the other. @param {Told} told */
  async function work(told) {
    const { draw, save } = /** @type {{ draw: Function, save: Function }} */ (libraries[library]);
    try {
      if (told.save) return tell({ picture: await save() });
      document.documentElement.style.colorScheme = told.dark ? "dark" : "light";
      await draw(JSON.parse(told.plot), told);
      return tell({ state: "drawn" });
    } catch (error) {
      return tell({ state: "failed", reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** @type {Promise<unknown>} */
  let turn = Promise.resolve();
  addEventListener("message", ({ source, data }) => {
    if (source === parent) turn = turn.then(() => work(data));
  });
  tell({ state: "ready" });
}
