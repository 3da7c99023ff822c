// Injected into the page of a long table, before any script of its own: tells how long the table took from the first
// piece of the answer to its first rows on the screen, and how many frames a second there are while it is scrolled.

(() => {
  const read = ReadableStreamDefaultReader.prototype.read;
  const decoder = new TextDecoder();
  let answered = 0;

  ReadableStreamDefaultReader.prototype.read = async function () {
    const piece = await read.call(this);
    if (!answered && piece.value && decoder.decode(piece.value.subarray(0, 4096)).includes("event: result")) {
      answered = performance.now();
    }
    return piece;
  };

  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))));

  /** Presses Submit; gives the milliseconds from the answer until rows were painted. */
  async function firstRows() {
    const grid = document.querySelector("mini-dataframe table");
    const drawn = new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        if (!grid.querySelector("td[data-cell]")?.textContent) return;
        observer.disconnect();
        resolve(undefined);
      }).observe(grid, { subtree: true, childList: true, characterData: true });
    });
    document.querySelector('button[data-action="submit"]').click();
    await drawn;
    return (await painted()) - answered;
  }

  /** Scrolls from top to bottom in so many milliseconds; gives frames a second, and the text of the last row. */
  async function scroll(milliseconds) {
    const body = document.querySelector("mini-dataframe .sheet-body");
    const way = body.scrollHeight - body.clientHeight;
    const began = await painted();
    let frames = 0;
    for (let now = began; now < began + milliseconds; frames++) {
      body.scrollTop = (way * (now - began)) / milliseconds;
      now = await new Promise(requestAnimationFrame);
    }
    const ended = performance.now();
    body.scrollTop = way;
    await painted();
    const rows = [...body.querySelectorAll("tr[aria-rowindex]")];
    return [(1000 * frames) / (ended - began), Number(rows.at(-1).ariaRowIndex) - 1];
  }

  window.table = { firstRows, scroll };
})();
