/** Links to look and to edit, the figure on the clipboard, and deleting it for everybody. */
import { Button, Popover } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import { CopyBox } from "../../components/CopyBox";
import { useFigure, useSession } from "../../figure/context";
import { text } from "../../text";
import { copyEmbed, copyPicture } from "./copyPicture";
import classes from "./share.module.css";

export function Share({ onDeleted }: { onDeleted: () => void }) {
  const session = useSession();
  const figure = useFigure((state) => state.figure);
  const [asking, setAsking] = useState(false);
  const [copied, setCopied] = useState<string | null>(null);
  const token = session.editToken;
  const view = figure ? new URL(`/f/${figure.id}`, window.location.href).href : "";
  const picture = (form: "svg" | "png" | "embed") => async (): Promise<void> => {
    if (!figure) return;
    await session.save();
    try {
      if (form === "embed") await copyEmbed(api.file(figure.id, "svg", { document: "false" }), session.state.drawing ?? figure.drawing);
      else await copyPicture(api.file(figure.id, form, form === "png" ? { dpi: "300" } : {}), form);
      setCopied(form);
    } catch {
      setCopied("failed");
    }
  };
  return (
    <Popover position="bottom-end" shadow="md" width={340} trapFocus returnFocus onClose={() => { setAsking(false); setCopied(null); }}>
      <Popover.Target>
        <Button variant="default" disabled={!figure}>{text.share.button}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes["panel"]} role="region" aria-label={text.share.button}>
          <CopyBox label={text.share.view} content={view} hint={text.share.viewHint} />
          {token !== null && <CopyBox label={text.share.edit} content={`${view}#${token}`} hint={text.share.editHint} />}
          <div className={classes["buttons"]}>
            <Button variant="default" size="compact-sm" onClick={() => { void picture("svg")(); }}>{copied === "svg" ? text.share.copied : text.share.svg}</Button>
            <Button variant="default" size="compact-sm" onClick={() => { void picture("png")(); }}>{copied === "png" ? text.share.copied : text.share.png}</Button>
            <Button variant="default" size="compact-sm" onClick={() => { void picture("embed")(); }}>{copied === "embed" ? text.share.copied : text.share.embed}</Button>
          </div>
          {copied === "failed" && <p role="alert">{text.share.failed}</p>}
          {token !== null && (
            <div className={classes["remove"]}>
              {asking ? (
                <>
                  <p>{text.share.removeAsk}</p>
                  <Button color="red" size="compact-sm" onClick={() => { void session.remove().then((gone) => { if (gone) onDeleted(); }); }}>{text.share.removeYes}</Button>
                  <Button variant="default" size="compact-sm" onClick={() => { setAsking(false); }}>{text.share.removeNo}</Button>
                </>
              ) : (
                <Button variant="subtle" color="red" size="compact-sm" onClick={() => { setAsking(true); }}>{text.share.remove}</Button>
              )}
            </div>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
