// Talking to the server: small requests out, one stream of events in.

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `服务器回答 ${response.status}`);
  return body;
}

export async function get(path) {
  return answer(await fetch(path, { cache: "no-store" }));
}

export async function post(path, body) {
  return answer(await fetch(`/play/${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  }));
}

/** Multipart; `files` are [field, Blob, name]. */
export async function upload(path, fields, files) {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) if (value !== null && value !== undefined && value !== "") form.append(key, value);
  for (const [field, blob, name] of files) form.append(field, blob, name);
  return answer(await fetch(`/play/${path}`, { method: "POST", body: form }));
}

export async function remove(path) {
  return answer(await fetch(`/play/${path}`, { method: "DELETE" }));
}

/** Where a file of a message lies. */
export function fileUrl(id) {
  return `/play/file/${encodeURIComponent(id)}`;
}

/**
 * Listen to events. After a break everything is loaded afresh (the server may have started anew and counts from the
 * beginning), then the stream goes on from the number that `load` gives.
 */
export function listen({ load, take, online }) {
  let pause = 500;
  const again = () => {
    online(false);
    setTimeout(open, pause);
    pause = Math.min(pause * 1.6, 5000);
  };
  async function open() {
    let number;
    try {
      number = await load();
    } catch {
      again();
      return;
    }
    const source = new EventSource(`/play/events${number === undefined ? "" : `?after=${number}`}`);
    source.onopen = () => { pause = 500; online(true); };
    source.onmessage = (event) => take(JSON.parse(event.data));
    source.onerror = () => { source.close(); again(); };
  }
  return open();
}
