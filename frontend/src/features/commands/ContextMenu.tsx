/** What can be done with the selection, at the pointer. */
import { Kbd, Menu } from "@mantine/core";
import { available, situationOf, type Command } from "../../figure/commands";
import { useSession } from "../../figure/context";
import type { Viewport } from "../../lib/viewport";
import { text } from "../../text";
import classes from "./commands.module.css";
import { shownKeys } from "./keys";

const WITHOUT_SELECTION = new Set(["fit", "select-all", "show-all", "reset-nudges", "level-auto", "legend", "undo"]);

interface Props {
  viewport: Viewport;
  at: { x: number; y: number };
  onClose: () => void;
  onPalette: () => void;
}

export function ContextMenu({ viewport, at, onClose, onPalette }: Props) {
  const session = useSession();
  const now = situationOf(session, viewport);
  if (!now) return null;
  const all = available(now);
  const own = all.filter((each) => each.about === "selection");
  const shown = own.length > 0 ? own : all.filter((each) => WITHOUT_SELECTION.has(each.id));
  const item = (command: Command) => (
    <Menu.Item
      key={command.id}
      rightSection={command.keys?.[0] && <Kbd size="xs">{shownKeys(command.keys[0])}</Kbd>}
      onClick={() => { command.run(now); }}
    >
      {command.title}
    </Menu.Item>
  );
  return (
    <Menu opened onClose={onClose} position="bottom-start" shadow="md" width={250} offset={2} returnFocus>
      <Menu.Target>
        <span className={classes["anchor"]} style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        {shown.map(item)}
        <Menu.Divider />
        <Menu.Item rightSection={<Kbd size="xs">{shownKeys("Mod+k")}</Kbd>} onClick={onPalette}>{text.commands.all}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
