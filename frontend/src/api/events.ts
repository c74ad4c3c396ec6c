/** Server-sent events read from a fetch answer, so that a run can be posted and watched at once. */

export interface ServerEvent {
  event: string;
  data: string;
}

/** Splits off the events that are complete; `rest` waits for more text. */
export function splitEvents(buffer: string): { events: ServerEvent[]; rest: string } {
  // A line end may be cut in two: its first half waits for the second.
  const cut = buffer.endsWith("\r") ? "\r" : "";
  const blocks = buffer.slice(0, buffer.length - cut.length).replace(/\r\n?/g, "\n").split("\n\n");
  const rest = (blocks.pop() ?? "") + cut;
  const events = blocks.flatMap((block) => {
    let event = "message";
    const lines: string[] = [];
    for (const line of block.split("\n")) {
      if (line.startsWith("event:")) event = line.slice(6).trim();
      else if (line.startsWith("data:")) lines.push(line.slice(5).replace(/^ /, ""));
    }
    return lines.length > 0 ? [{ event, data: lines.join("\n") }] : [];
  });
  return { events, rest };
}

/** The events of an answer's body, in order, as they arrive. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let buffer = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      buffer += done ? decoder.decode() + "\n\n" : decoder.decode(value, { stream: true });
      const { events, rest } = splitEvents(buffer);
      buffer = rest;
      yield* events;
      if (done) return;
    }
  } finally {
    reader.releaseLock();
  }
}
