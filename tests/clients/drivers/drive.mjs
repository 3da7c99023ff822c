// Drives a demo by Gradio's client for JavaScript: prints as JSON what came of each scenario, as drive.py does.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [, , packages, url, folder, ...names] = process.argv;
const require = createRequire(pathToFileURL(`${packages}/`));
const entry = new URL("./dist/index.js", pathToFileURL(require.resolve("@gradio/client/package.json")));
const { Client, handle_file } = await import(entry.href);

process.on("unhandledRejection", () => undefined); // the older client leaves one behind where it throws the same error

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const connect = (options = {}) => Client.connect(url, options);

/** Return the message of what a call raises. */
async function failure(call) {
  try {
    return `no failure: ${JSON.stringify(await call())}`;
  } catch (error) {
    return typeof error === "object" ? error.message : String(error);
  }
}

/** Return what a client hears of a call: its data, its log and its last stage; `each` is told of every event. */
async function heard(submission, each = () => undefined) {
  const data = [];
  const logs = [];
  let stage = "";
  let message;
  for await (const event of submission) {
    if (event.type === "data") data.push(structuredClone(event.data[0]));
    if (event.type === "log") logs.push([event.log, event.level, event.title]);
    if (event.type === "status") ({ stage, message } = event);
    await each(event);
    if (stage === "error") break; // the older client does not end its iterator by itself
  }
  return { data, logs, stage, message };
}

const submit = (client, name, data) => {
  client.options.events = ["data", "status", "log"];
  return client.submit(name, data);
};
const first = async (client, name, data) => (await client.predict(name, data)).data[0];

const scenarios = {
  async calculator(client) {
    return [
      await first(client, "/calculator", [5, "add", 7]),
      await first(client, "/calculator", { num1: 5, operation: "add" }),
      await first(client, "/calculator", { num1: 6, operation: "multiply", num2: 1.5 }),
      await first(client, "/predict", [1, "add", 1]),
      await first(client, 0, [2, "add", 2]),
    ];
  },
  async picture(client) {
    const sent = new Blob([await readFile(`${folder}/in put.png`)], { type: "image/png" });
    const file = await first(client, "/flip", [sent]);
    const bytes = Buffer.from(await (await fetch(file.url)).arrayBuffer());
    return [bytes.toString("base64")];
  },
  async several_files(client) {
    return [await first(client, "/sizes", [[handle_file(`${folder}/a.txt`), handle_file(`${folder}/b é.txt`)]])];
  },
  async streaming(client) {
    return (await heard(submit(client, "/story", [4]))).data;
  },
  async progress(client) {
    const seen = [];
    const { data } = await heard(submit(client, "/steps", [5]), (event) => {
      if (event.progress_data) seen.push(event.progress_data[0]);
    });
    return [data.at(-1), seen.length > 0 && [seen.at(-1).length, seen.at(-1).desc]];
  },
  async state(client) {
    const results = [];
    for (const number of [1, 2, 3]) results.push(await first(client, "/tally", [number]));
    return [...results, await first(await connect(), "/tally", [10])];
  },
  async raised(client) {
    return [await failure(() => client.predict("/complain", ["no good"]))];
  },
  async crashed(client) {
    return [await failure(() => client.predict("/crash", ["x"]))];
  },
  async stumbled(client) {
    const { data, message } = await heard(submit(client, "/stumble", ["x"]));
    return [message, data];
  },
  async batch(client) {
    return Promise.all(["a", "b", "c", "d", "e"].map((word) => first(client, "/shout", [word])));
  },
  async cancel_generator(client) {
    const submission = submit(client, "/forever", ["x"]);
    let asked = false;
    const { stage } = await heard(submission, async (event) => {
      if (event.type !== "data" || asked) return;
      asked = true;
      await submission.cancel();
    });
    return [stage];
  },
  async cancel_plain(client) {
    const submission = submit(client, "/doze", ["x"]);
    let asked = false;
    const { stage } = await heard(submission, async (event) => {
      if (!("eta" in event) || asked) return; // the server has not answered yet: the call has no name
      asked = true;
      await submission.cancel();
    });
    return [stage, await first(client, "/ring", ["x"])];
  },
  async after_cancel(client) {
    return [await first(client, "/calculator", [5, "add", 7])];
  },
  async logs(client) {
    const { data, logs } = await heard(submit(client, "/chat", ["hello"]));
    return [data.at(-1), logs];
  },
  async validator(client) {
    const { message } = await heard(submit(client, "/long_enough", ["ab"]));
    return [message, await first(client, "/long_enough", ["abcd"])];
  },
  async undocumented(client) {
    return [await first(client, "/hidden", ["abc"])];
  },
  async private(client) {
    return [await failure(() => heard(client.submit("/secret", ["abc"])))];
  },
  async unfit(client) {
    return [
      await failure(() => client.predict("/calculator", ["five", "add", 7])),
      await failure(() => client.predict("/calculator", [5, "divide", 7])),
    ];
  },
  async address(client) {
    return [await failure(() => client.predict("/flip", [handle_file("http://127.0.0.1:9/a.png")]))];
  },
  async view_api(client) {
    return [await client.view_api()];
  },
  async hammer(client) {
    const work = async (number) => {
      const results = [];
      for (let i = 0; i < Number(process.env.CALLS); i++) results.push(await first(client, "/calculator", [number, "add", i]));
      return results;
    };
    const results = await Promise.all([0, 1, 2].map(work));
    return [results.every((given, number) => given.every((value, i) => value === number + i))];
  },
  async nested(client) {
    const { data } = await heard(submit(client, "/nested", [3]));
    return [data.at(-1), data];
  },
  async login() {
    return [
      await failure(() => connect()),
      await failure(() => connect({ auth: ["ann", "wrong"] })),
      await first(await connect({ auth: ["ann", "pass"] }), "/calculator", [5, "add", 7]),
    ];
  },
  async full(client) {
    let left = 6;
    const call = async () => {
      const said = await failure(() => client.predict("/doze", ["x"]));
      left -= 1;
      if (left === 2) await Promise.all([0, 1].map(() => client.predict("/ring", ["x"])));
      return said;
    };
    const said = await Promise.all([...Array(6).keys()].map(call));
    return [...new Set(said)].filter((text) => !text.startsWith("no failure")).sort();
  },
};

const client = names[0] === "login" ? undefined : await connect();
const results = {};
for (const name of names) {
  const late = pause(120).then(() => ["it takes too long"]);
  results[name] = await Promise.race([scenarios[name](client), late]);
}
console.log(JSON.stringify(results));
process.exit();
