// A department's value for the draw, made in the browser: only its commitment is sent, the value stays here.
// SHA-256 is written out because browsers offer theirs only over https, and a court's own network may have none.
(() => {
  "use strict";
  const primes = (count) => {
    const found = [];
    for (let one = 2; found.length < count; one += 1) if (found.every((prime) => one % prime)) found.push(one);
    return found;
  };
  // the first 32 bits of the fraction of a root; BigInt, for a double is too short to be trusted with the last bit
  const root = (value, degree) => {
    const wanted = BigInt(value) << BigInt(32 * degree);
    let low = 0n;
    let high = 1n << 40n;
    while (low < high) {
      const middle = (low + high + 1n) >> 1n;
      if (middle ** BigInt(degree) <= wanted) low = middle;
      else high = middle - 1n;
    }
    return Number(low & 0xffffffffn);
  };
  const START = primes(8).map((prime) => root(prime, 2));
  const ROUND = primes(64).map((prime) => root(prime, 3));
  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  const sha256 = (bytes) => {
    const length = (((bytes.length + 8) >> 6) + 1) << 6;
    const padded = new Uint8Array(length);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(length - 4, bytes.length * 8);
    const state = [...START];
    for (let at = 0; at < length; at += 64) {
      const words = new Uint32Array(64);
      for (let place = 0; place < 16; place += 1) words[place] = view.getUint32(at + 4 * place);
      for (let place = 16; place < 64; place += 1) {
        const [one, two] = [words[place - 15], words[place - 2]];
        const near = turn(one, 7) ^ turn(one, 18) ^ (one >>> 3);
        const far = turn(two, 17) ^ turn(two, 19) ^ (two >>> 10);
        words[place] = words[place - 16] + near + words[place - 7] + far;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let place = 0; place < 64; place += 1) {
        const choice = (e & f) ^ (~e & g);
        const most = (a & b) ^ (a & c) ^ (b & c);
        const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + ROUND[place] + words[place]) | 0;
        const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + most) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((word, place) => { state[place] = (state[place] + word) | 0; });
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  };

  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  for (const place of document.querySelectorAll("[data-draw-value]")) {
    const field = document.querySelector("[name=commitment]");
    if (!field || !window.crypto?.getRandomValues) continue;
    place.hidden = false;
    const shown = place.querySelector("output");
    const kept = place.querySelector("a[download]");
    place.querySelector("button").addEventListener("click", () => {
      const value = crypto.getRandomValues(new Uint8Array(32));
      const name = new TextEncoder().encode(place.dataset.drawValue);
      field.value = sha256(new Uint8Array([...name, 0, ...value]));
      shown.textContent = hex(value);
      const text = `随机数 ${hex(value)}\n承诺 ${field.value}\n`;
      kept.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
      place.querySelector("[data-made]").hidden = false;
      place.querySelector("[type=checkbox]").required = true;
    });
  }
})();
