// The server's side of the page: plain calls and the stream of events.
export async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error("练习场没有回应，请看看它还开着没有");
  return answer.json();
}

async function sent(path, options) {
  const answer = await fetch(path, { method: "POST", ...options });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error || "没有发出去，请再试一次");
  return body;
}

export const post = (path, body) =>
  sent(path, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export function upload(path, fields, files) {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) if (value != null) form.append(key, value);
  for (const [name, blob, filename] of files) form.append(name, blob, filename);
  return sent(path, { body: form });
}

export const remove = (path) => fetch(path, { method: "DELETE" });

export function listen(after, hear, state) {
  const stream = new EventSource(`/play/events?after=${after}`);
  stream.onmessage = (event) => hear(JSON.parse(event.data));
  stream.onopen = () => state(true);
  stream.onerror = () => state(false);
}
