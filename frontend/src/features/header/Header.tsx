/** The figure's name and whether it is saved, undo, style and venue; what else belongs there is passed in. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconLayoutSidebarRight } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { Segments } from "../../components/Segments";
import { useFigure, useReadOnly, useSession, useSpec } from "../../figure/context";
import { setField } from "../../figure/edits";
import { text } from "../../text";
import { VenueMenu } from "./VenueMenu";
import classes from "./header.module.css";

interface Props {
  onDetails: () => void;
  children: ReactNode;
}

export function Header({ onDetails, children }: Props) {
  return (
    <header className={classes["header"]}>
      <a className={classes["brand"]} href="/" aria-label={text.name}>net<b>fig</b></a>
      <Title />
      <span className={classes["spring"]} />
      <Steps />
      <StyleSwitch />
      <VenueMenu />
      {children}
      <ActionIcon variant="default" size={34} className={classes["details"] ?? ""} aria-label={text.inspector.open} onClick={onDetails}>
        <IconLayoutSidebarRight size={18} />
      </ActionIcon>
    </header>
  );
}

function Title() {
  const session = useSession();
  const spec = useSpec();
  const readOnly = useReadOnly();
  const saving = useFigure((state) => state.saving);
  const figure = useFigure((state) => state.figure);
  const [typed, setTyped] = useState<string | null>(null);
  const name = figure?.models[figure.model]?.name;
  const shown = typed ?? spec?.title ?? "";
  return (
    <>
      <input
        className={classes["title"]}
        aria-label={text.title.label}
        placeholder={name ?? text.title.untitled}
        maxLength={200}
        value={shown}
        disabled={!spec || readOnly}
        size={Math.max(8, Math.min(28, (shown || name || text.title.untitled).length + 1))}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          session.edit(setField({ title: event.currentTarget.value }), "title");
        }}
        onBlur={() => { setTyped(null); }}
        onKeyDown={(event) => { if (event.key === "Enter") event.currentTarget.blur(); }}
      />
      <span className={classes["saving"]} role="status" data-state={saving}>{text.saving[saving]}</span>
    </>
  );
}

function Steps() {
  const session = useSession();
  const readOnly = useReadOnly();
  const back = useFigure((state) => (state.history?.past.length ?? 0) > 0);
  const forth = useFigure((state) => (state.history?.future.length ?? 0) > 0);
  return (
    <>
      <Tooltip label={text.history.undo}>
        <ActionIcon variant="default" size={34} aria-label={text.history.undo} disabled={!back || readOnly} onClick={() => { session.undo(); }}>
          <IconArrowBackUp size={17} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={text.history.redo}>
        <ActionIcon variant="default" size={34} aria-label={text.history.redo} disabled={!forth || readOnly} onClick={() => { session.redo(); }}>
          <IconArrowForwardUp size={17} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

function StyleSwitch() {
  const session = useSession();
  const spec = useSpec();
  const readOnly = useReadOnly();
  const styles = useFigure((state) => state.meta?.styles) ?? [];
  if (!spec || styles.length < 2) return null;
  return (
    <span className={classes["styles"]}>
      <Segments
        label={text.style}
        size="sm"
        value={spec.style}
        disabled={readOnly}
        options={styles.map((each) => ({ value: each.id, label: each.label }))}
        onChange={(style) => { session.edit(setField({ style })); }}
      />
    </span>
  );
}
