// A large file takes seconds to arrive and to be read: the page says so at once, and sends it only once.
// Without this file the form is sent as it is, and the browser shows that it waits.
(() => {
  "use strict";
  const forms = [...document.querySelectorAll("form:has([data-sending])")];
  const said = (form, waits) => {
    form.querySelector("[data-sending]").hidden = !waits;
    for (const button of form.querySelectorAll("button")) button.disabled = waits;
  };
  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      // After this event the button is read no more; disabled within it, its own value would not be sent.
      if (!event.defaultPrevented) setTimeout(() => said(form, true));
    });
  }
  // Back from the next page: the form is there as it was left.
  window.addEventListener("pageshow", (event) => { if (event.persisted) for (const form of forms) said(form, false); });
})();
