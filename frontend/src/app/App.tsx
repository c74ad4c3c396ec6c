/** The page: header, code on the left, figure in the middle, details on the right, status below. */
import { Suspense, lazy, useCallback, useEffect, useState } from "react";
import { useFigure, useSession } from "../figure/context";
import { openFile } from "../figure/openFile";
import { Canvas } from "../features/canvas/Canvas";
import { CodePanel } from "../features/code/CodePanel";
import { ContextMenu } from "../features/commands/ContextMenu";
import { Download } from "../features/download/Download";
import { Examples } from "../features/examples/Examples";
import { Header } from "../features/header/Header";
import { Inspector } from "../features/inspector/Inspector";
import { Layers } from "../features/layers/Layers";
import { Notices } from "../features/notices/Notices";
import { Share } from "../features/share/Share";
import { StatusBar } from "../features/status/StatusBar";
import { Viewport } from "../lib/viewport";
import { text } from "../text";
import { TabList } from "../components/TabList";
import { useOpening } from "./useOpening";
import { useShortcuts } from "./useShortcuts";
import classes from "./app.module.css";

const Table = lazy(() => import("../features/table/Table"));
const CommandPalette = lazy(() => import("../features/commands/CommandPalette"));

type Tab = "code" | "layers" | "table" | "examples";
type Pane = "code" | "figure" | "details";

const TABS = (["code", "layers", "table", "examples"] as const).map((value) => ({ value, label: text.tabs[value] }));
const PANES = (["code", "figure", "details"] as const).map((value) => ({ value, label: text.panes[value] }));

export function App() {
  const session = useSession();
  const { openFigure } = useOpening();
  const [viewport] = useState(() => new Viewport());
  const [palette, setPalette] = useState(false);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const onPalette = useCallback(() => { setMenu(null); setPalette(true); }, []);
  useShortcuts(viewport, onPalette);
  const [tab, setTab] = useState<Tab>("code");
  const [pane, setPane] = useState<Pane>("figure");
  const [details, setDetails] = useState(false);
  const selected = useFigure((state) => state.selection.length > 0);
  const title = useFigure((state) => state.history?.present.title ?? "");

  useEffect(() => { document.title = title === "" ? text.name : `${title} · ${text.name}`; }, [title]);

  return (
    <div className={classes["page"]}>
      <div>
        <Header onDetails={() => { setDetails(!details); }}>
          <Share onDeleted={() => { window.history.replaceState(null, "", "/"); setTab("examples"); }} />
          <Download />
        </Header>
        <Notices />
      </div>
      <main className={classes["panes"]} data-pane={pane} data-tab={tab} data-details={details || selected || undefined}>
        <div className={classes["left"]}>
          <TabList name="left" label={text.tabs.label} tabs={TABS} value={tab} onChange={setTab} />
          <div className={classes["tab"]} role="tabpanel" id={`left-${tab}-panel`} aria-labelledby={`left-${tab}`}>
            <div hidden={tab !== "code"} className={classes["full"]}><CodePanel /></div>
            {tab === "layers" && <Layers />}
            {tab === "table" && <Suspense fallback={null}><Table /></Suspense>}
            {tab === "examples" && <Examples onChosen={() => { setTab("code"); setPane("figure"); }} onOpen={(id) => { void openFigure(id); setTab("code"); }} />}
          </div>
        </div>
        <div
          className={classes["middle"]}
          onDragOver={(event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); }}
          onDrop={(event) => {
            const [file] = event.dataTransfer.files;
            event.preventDefault();
            if (file) void openFile(session, file);
          }}
          onContextMenu={(event) => { event.preventDefault(); setMenu({ x: event.clientX, y: event.clientY }); }}
        >
          <Canvas viewport={viewport} />
        </div>
        <aside className={classes["right"]} aria-label={text.inspector.label}>
          <button type="button" className={classes["close"]} aria-label={text.inspector.close} onClick={() => { setDetails(false); session.select([]); }}>×</button>
          <Inspector />
        </aside>
      </main>
      <div className={classes["bottom"]}>
        <TabList name="panes" label={text.panes.label} tabs={PANES} value={pane} onChange={setPane} />
      </div>
      <StatusBar />
      {menu && <ContextMenu viewport={viewport} at={menu} onClose={() => { setMenu(null); }} onPalette={onPalette} />}
      {palette && (
        <Suspense fallback={null}>
          <CommandPalette viewport={viewport} onClose={() => { setPalette(false); }} />
        </Suspense>
      )}
    </div>
  );
}
