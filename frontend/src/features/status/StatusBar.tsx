/** How long it took and where it ran; what was found; light or dark. */
import { UnstyledButton, useMantineColorScheme, useComputedColorScheme } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { useFigure } from "../../figure/context";
import { formatDuration } from "../../lib/format";
import { text } from "../../text";
import { mostFound } from "./found";
import classes from "./status.module.css";

export function StatusBar() {
  const run = useFigure((state) => state.run);
  const timings = useFigure((state) => state.timings);
  const runner = useFigure((state) => state.meta?.runner.kind);
  const problem = useFigure((state) => state.problem);
  const drawing = useFigure((state) => state.drawing);
  const found = drawing && mostFound(drawing.groups);
  const ran = timings.ran === null ? null : formatDuration(timings.ran);
  return (
    <footer className={classes["status"]}>
      <span className={classes["dot"]} data-state={run.stage !== "idle" ? "busy" : problem ? "bad" : "good"} />
      {run.stage !== "idle" ? (
        <span>{run.stage === "waiting" ? text.run.waiting(run.position) : text.run[run.stage]}</span>
      ) : (
        <>
          <span data-timings>{ran === null ? text.status.ready : runner === "local" ? text.status.local(ran) : text.status.container(ran)}</span>
          {timings.drawn !== null && <span className={classes["second"]} data-timings>{text.status.drawn(formatDuration(timings.drawn))}</span>}
        </>
      )}
      <span className={classes["spring"]} />
      {found && <span className={classes["second"]}>{text.status.found(found.count, found.label)}</span>}
      <ThemeSwitch />
    </footer>
  );
}

function ThemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  return (
    <UnstyledButton className={classes["theme"] ?? ""} aria-label={text.status.theme} onClick={() => { setColorScheme(scheme === "dark" ? "light" : "dark"); }}>
      {scheme === "dark" ? <IconSun size={15} /> : <IconMoon size={15} />}
    </UnstyledButton>
  );
}
