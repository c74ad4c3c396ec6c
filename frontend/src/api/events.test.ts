import { expect, test } from "vitest";
import { readEvents, splitEvents } from "./events";

test("events are split, comments dropped, the unfinished one kept", () => {
  const { events, rest } = splitEvents('event: stage\ndata: {"a":1}\n\n: alive\n\nevent: figure\nda');
  expect(events).toEqual([{ event: "stage", data: '{"a":1}' }]);
  expect(rest).toBe("event: figure\nda");
});

test("events survive being cut anywhere, inside a letter too", async () => {
  const bytes = new TextEncoder().encode('event: stage\r\ndata: {"name":"é×3"}\r\n\r\ndata: one\ndata: two\n\n');
  for (const size of [1, 3, 7]) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
        controller.close();
      },
    });
    const seen = [];
    for await (const event of readEvents(body)) seen.push(event);
    expect(seen).toEqual([
      { event: "stage", data: '{"name":"é×3"}' },
      { event: "message", data: "one\ntwo" },
    ]);
  }
});
