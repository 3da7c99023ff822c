// Injected into the pages of all subjects alike, before any script of theirs: finds the fields of the calculator, fills
// them, presses Submit, and tells when something happened. It waits for events, so that it does not slow what it measures.

(() => {
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const getValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").get;

  const isNumberField = (input) => ["number", "text"].includes(input.type) && !input.disabled && !input.readOnly;

  /** @returns {HTMLInputElement[]} num1 and num2 */
  const numbers = () => [...document.querySelectorAll("input")].filter(isNumberField).slice(0, 2);

  const submitButton = () =>
    [...document.querySelectorAll("button")].find((button) => button.textContent.trim().startsWith("Submit"));

  function type(input, value) {
    setValue.call(input, String(value));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function fill(first, second) {
    const fields = numbers();
    const add = document.querySelector('input[type="radio"]');
    if (fields.length < 2 || !add) return false;
    type(fields[0], first);
    type(fields[1], second);
    if (!add.checked) add.click();
    return true;
  }

  /** Presses Submit every few milliseconds from the first byte on, until a press makes the page send something. */
  function pressUntilItWorks() {
    const send = window.fetch;
    let pressing = false;
    window.fetch = function (...call) {
      const method = call[1]?.method ?? call[0]?.method ?? "GET";
      if (pressing || (window.probe.pressed && method === "POST")) window.probe.works ??= performance.now();
      return send.apply(this, call);
    };
    const timer = setInterval(() => {
      if (window.probe.works) clearInterval(timer);
      else if (fill(5, 7) && submitButton() && !submitButton().disabled) {
        window.probe.pressed = pressing = true;
        submitButton().click();
        pressing = false;
      }
    }, 4);
  }

  /** Calls back whenever the text of the page or the value of the shown element may have changed. */
  function watch(shown, changed) {
    const observer = new MutationObserver(changed);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    if (shown instanceof HTMLInputElement) {
      Object.defineProperty(shown, "value", {
        configurable: true,
        get: getValue,
        set(value) {
          setValue.call(this, value);
          changed();
        },
      });
    }
    return () => {
      observer.disconnect();
      delete shown.value;
    };
  }

  const textOf = (shown) => (shown instanceof HTMLInputElement ? getValue.call(shown) : shown.textContent).trim();

  /** Presses Submit and gives the milliseconds until the element shows the sum. */
  function clickToResult(selector, first, second) {
    return new Promise((resolve, reject) => {
      const shown = document.querySelector(selector);
      let started = 0;
      const stop = watch(shown, () => {
        if (!started || textOf(shown) !== String(first + second)) return;
        stop();
        clearTimeout(patience);
        resolve(performance.now() - started);
      });
      const patience = setTimeout(() => {
        stop();
        reject(new Error(`The page shows ${textOf(shown)} instead of ${first} + ${second}.`));
      }, 10_000);
      fill(first, second);
      // Let the page digest what was typed, as it can while a person moves from the field to the button.
      setTimeout(() => {
        started = performance.now();
        submitButton().click();
      }, 50);
    });
  }

  /** Presses Submit and gives the milliseconds until a large picture that was not there before is decoded. */
  function clickToPicture() {
    return new Promise((resolve, reject) => {
      const before = new Set([...document.images].map((image) => image.src));
      let started = 0;
      const patience = setTimeout(() => reject(new Error("No picture came.")), 60_000);
      // The event does not bubble, but it can be caught on its way down.
      document.addEventListener("load", async ({ target }) => {
        if (!(target instanceof HTMLImageElement) || before.has(target.src) || target.naturalWidth < 1000) return;
        await target.decode();
        clearTimeout(patience);
        resolve(performance.now() - started);
      }, true);
      started = performance.now();
      submitButton().click();
    });
  }

  // A press before the page's script is there must not send the form the native way.
  window.addEventListener("submit", (event) => event.preventDefault());
  window.probe = { works: null, pressed: false, pressUntilItWorks, clickToResult, clickToPicture };
})();
