/** Every command by name: type a few letters, arrows choose, Enter does it. */
import { Kbd, Modal, TextInput } from "@mantine/core";
import { useState, type KeyboardEvent } from "react";
import { available, menuCommands, situationOf, type Command } from "../../figure/commands";
import { useSession } from "../../figure/context";
import type { Viewport } from "../../lib/viewport";
import { text } from "../../text";
import classes from "./commands.module.css";
import { shownKeys } from "./keys";

interface Props {
  viewport: Viewport;
  onClose: () => void;
}

export default function CommandPalette({ viewport, onClose }: Props) {
  const session = useSession();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const now = situationOf(session, viewport);
  const all = now ? [...available(now), ...menuCommands(now)] : [];
  const words = query.toLowerCase().split(/\s+/);
  const found = all.filter((each) => words.every((word) => each.title.toLowerCase().includes(word)));
  const chosen = found[Math.min(at, found.length - 1)];

  const run = (command: Command | undefined): void => {
    onClose();
    if (command && now) command.run(now);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(chosen);
    }
  };

  return (
    <Modal opened onClose={onClose} withCloseButton={false} lockScroll={false} padding={0} yOffset="12vh" aria-label={text.commands.title}>
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        className={classes["query"] ?? ""}
        placeholder={text.commands.search}
        aria-label={text.commands.search}
        role="combobox"
        aria-expanded
        aria-controls="commands"
        aria-activedescendant={chosen ? `command-${chosen.id.replaceAll(" ", "-")}` : undefined}
        value={query}
        onChange={(event) => { setQuery(event.currentTarget.value); setAt(0); }}
        onKeyDown={onKeyDown}
      />
      <div id="commands" role="listbox" aria-label={text.commands.title} className={classes["list"]} tabIndex={-1}>
        {found.length === 0 && <p>{text.commands.none}</p>}
        {found.map((command) => (
          <div
            key={command.id}
            id={`command-${command.id.replaceAll(" ", "-")}`}
            role="option"
            aria-selected={command === chosen}
            ref={(element) => { if (command === chosen) element?.scrollIntoView({ block: "nearest" }); }}
            onClick={() => { run(command); }}
          >
            <span>{command.title}</span>
            {command.keys?.[0] && <Kbd size="xs">{shownKeys(command.keys[0])}</Kbd>}
          </div>
        ))}
      </div>
    </Modal>
  );
}
