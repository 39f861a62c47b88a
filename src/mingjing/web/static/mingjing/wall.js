// The wall turns by itself without a blank moment, and keeps what it shows while the server is away.
// Without this file the page turns by its own refresh.
(() => {
  "use strict";
  const wait = () => {
    const main = document.getElementById("main");
    const seconds = Number(main.dataset.seconds) || 20;
    setTimeout(turn, seconds * 1000);
  };
  const turn = async () => {
    const main = document.getElementById("main");
    try {
      const answer = await fetch(main.dataset.next, { credentials: "same-origin" });
      if (answer.redirected) { location.href = main.dataset.next; return; }
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      main.replaceWith(page.getElementById("main"));
      document.body.classList.remove("away");
    } catch {
      document.body.classList.add("away"); // says that what stands here may be old
    }
    wait();
  };
  if (document.getElementById("main")?.dataset.next) wait();
})();
