// Passkeys: the one thing about the door a browser cannot do without script. The buttons stay hidden without it.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

  const post = async (address, body) => {
    const headers = { "X-CSRFToken": token(), "Content-Type": "application/json" };
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
    return answer.json();
  };

  const make = async (asked) => {
    const described = (one) => ({ ...one, id: bytes(one.id) });
    const publicKey = {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: (asked.excludeCredentials || []).map(described),
    };
    const made = await navigator.credentials.create({ publicKey });
    const response = { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject) };
    return { id: made.id, rawId: text(made.rawId), type: made.type, response };
  };

  const open = async (asked) => {
    const found = await navigator.credentials.get({ publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: [] } });
    const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
    const response = { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature) };
    if (userHandle) response.userHandle = text(userHandle);
    return { id: found.id, rawId: text(found.rawId), type: found.type, response };
  };

  for (const place of document.querySelectorAll("[data-passkey]")) {
    place.hidden = false;
    const wrong = place.querySelector(".wrong");
    const say = (words) => { wrong.textContent = words; wrong.hidden = false; };
    place.querySelector("button").addEventListener("click", async () => {
      wrong.hidden = true;
      try {
        const fresh = place.dataset.passkey === "new";
        const asked = await post(place.dataset.ask, {});
        const answer = fresh ? await make(asked) : await open(asked);
        const label = place.querySelector("input")?.value || "这台设备";
        const told = await post(place.dataset.give, fresh ? { answer, label } : answer);
        if (told.refused) say(told.refused);
        else window.location.assign(told.next);
      } catch (error) {
        const [chinese, english] = error.name === "InvalidStateError"
          ? ["这台设备已经登记过。", "This device is registered already."]
          : ["没有完成：设备上没有本系统的通行密钥，或者被取消了。", "Not done: this device holds no passkey of this system, or it was cancelled."];
        say(document.documentElement.lang === "en" ? english : chinese);
      }
    });
  }
})();
