/** What can be changed about what is selected; about the whole page when nothing is. */
import { useFigure, useSpec } from "../../figure/context";
import { find, selectedNodes } from "../../figure/targets";
import { text } from "../../text";
import { ColourCheck } from "./ColourCheck";
import { FrameSection } from "./FrameSection";
import { LabelSection, PageSection, ScaleSection } from "./PageSection";
import { LegendSection } from "./LegendSection";
import { LinkSection } from "./LinkSection";
import { NodeSection } from "./NodeSection";
import { SeveralSection } from "./SeveralSection";
import { Leftovers } from "./Leftovers";
import classes from "./inspector.module.css";

export function Inspector() {
  const drawing = useFigure((state) => state.drawing);
  const selection = useFigure((state) => state.selection);
  const spec = useSpec();
  if (!drawing || !spec) return <div className={classes["panel"]} />;
  const found = selection.length === 1 ? find(drawing, selection[0] ?? "") : null;
  const several = selectedNodes(drawing, selection);
  const plain = found === null && several.length < 2;
  return (
    <div className={classes["panel"]} key={selection.join(" ")}>
      <h1 className="for-readers">{text.inspector.label}</h1>
      {found?.kind === "node" && <NodeSection node={found.node} drawing={drawing} spec={spec} />}
      {found?.kind === "frame" && <FrameSection group={found.group} drawing={drawing} spec={spec} />}
      {found?.kind === "legend" && <LegendSection entry={found.entry} drawing={drawing} spec={spec} />}
      {found?.kind === "link" && <LinkSection source={found.source} target={found.target} drawing={drawing} />}
      {several.length > 1 && <SeveralSection nodes={several} />}
      {!plain && found?.kind !== "link" && <LabelSection spec={spec} />}
      <PageSection spec={spec} />
      {plain && <LabelSection spec={spec} />}
      {plain && <ScaleSection spec={spec} />}
      <Leftovers spec={spec} />
      <ColourCheck drawing={drawing} />
    </div>
  );
}
