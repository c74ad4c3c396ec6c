/** Downloads: one click for each format, or the dialog with everything to choose. */
import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconDownload } from "@tabler/icons-react";
import { Suspense, lazy, useState } from "react";
import { api } from "../../api/client";
import { useFigure, useSession } from "../../figure/context";
import { save } from "../../lib/saveFile";
import { text } from "../../text";
import classes from "./menu.module.css";

const Dialog = lazy(() => import("./DownloadDialog"));

export function Download() {
  const session = useSession();
  const figure = useFigure((state) => state.figure);
  const formats = useFigure((state) => state.meta?.formats) ?? [];
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);

  const get = async (format: string): Promise<void> => {
    if (!figure) return;
    setBusy(true);
    await session.save();
    const query: Record<string, string> = format === "png" ? { dpi: "300" } : {};
    await save(api.file(figure.id, format, query)).catch((error: unknown) => { session.report(error); });
    setBusy(false);
  };

  return (
    <>
      <Menu position="bottom-end" shadow="md" width={240}>
        <Menu.Target>
          <Button disabled={!figure} loading={busy} aria-label={text.download.button} rightSection={<IconChevronDown size={14} />}>
            <span className={classes["label"]}>{text.download.button}</span>
            <IconDownload className={classes["icon"]} size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map((format) => (
            <Menu.Item key={format.id} onClick={() => { void get(format.id); }}>{format.label}</Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => { setOpen(true); }}>{text.download.more}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open && (
        <Suspense fallback={null}>
          <Dialog onClose={() => { setOpen(false); }} />
        </Suspense>
      )}
    </>
  );
}
