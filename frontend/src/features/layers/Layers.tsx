/** Every glyph in the order of the data, to find and select one by name, type or shape. */
import { TextInput } from "@mantine/core";
import { useDeferredValue, useState } from "react";
import type { DrawnNode } from "../../api/types";
import { useFigure, useSession } from "../../figure/context";
import { nameOf, nodeTarget } from "../../figure/targets";
import { text } from "../../text";
import classes from "./layers.module.css";

function matches(node: DrawnNode, words: readonly string[]): boolean {
  const all = [node.title, node.type, ...node.detail, ...node.layers].join(" ").toLowerCase();
  return words.every((word) => all.includes(word));
}

export function Layers() {
  const session = useSession();
  const drawing = useFigure((state) => state.drawing);
  const selection = useFigure((state) => state.selection);
  const [query, setQuery] = useState("");
  const words = useDeferredValue(query).toLowerCase().split(/\s+/).filter((word) => word !== "");
  const nodes = (drawing?.nodes ?? []).filter((node) => matches(node, words));
  return (
    <div className={classes["panel"]}>
      <div className={classes["search"]}>
        <TextInput
          size="sm"
          type="search"
          placeholder={text.layers.search}
          aria-label={text.layers.search}
          value={query}
          onChange={(event) => { setQuery(event.currentTarget.value); }}
        />
        <span role="status">{nodes.length === 0 ? text.layers.none : text.layers.count(nodes.length)}</span>
      </div>
      <ol className={classes["list"]}>
        {nodes.map((node) => {
          const target = nodeTarget(node.id);
          return (
            <li key={node.id}>
              <button
                type="button"
                aria-pressed={selection.includes(target)}
                onClick={(event) => { session.select(event.shiftKey ? [...selection, target] : [target]); }}
                onPointerEnter={() => { session.hover(target); }}
                onPointerLeave={() => { session.hover(null); }}
              >
                <i style={{ background: node.fill }} data-group={node.kind === "group" || undefined} />
                <b>{nameOf(node)}{node.repeat > 1 && ` ×${node.repeat}`}</b>
                <span>{node.detail[0]}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
