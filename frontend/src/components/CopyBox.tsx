/** Text to copy, with the button that does. */
import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { text } from "../text";
import classes from "./copy.module.css";

export function CopyBox({ label, content, hint }: { label: string; content: string; hint?: string }) {
  const clipboard = useClipboard();
  return (
    <div className={classes["box"]}>
      <div className={classes["head"]}>
        <b>{label}</b>
        <Button variant="default" size="compact-sm" aria-label={`${text.share.copy}: ${label}`} onClick={() => { clipboard.copy(content); }}>
          {clipboard.copied ? text.share.copied : text.share.copy}
        </Button>
      </div>
      <pre tabIndex={0}>{content}</pre>
      {hint !== undefined && <small>{hint}</small>}
    </div>
  );
}
