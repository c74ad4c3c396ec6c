/** Several glyphs at once: colour, hide, group. */
import { Button } from "@mantine/core";
import type { DrawnNode } from "../../api/types";
import { ColourField } from "../../components/ColourField";
import { Row, Section } from "../../components/Section";
import { useFigure, useReadOnly, useSession, useSpec } from "../../figure/context";
import { ownPlace, setLook } from "../../figure/edits";
import { group, selectLayers } from "../../figure/grouping";
import { text } from "../../text";
import { useSwatches } from "./useLook";
import classes from "./inspector.module.css";

export function SeveralSection({ nodes }: { nodes: readonly DrawnNode[] }) {
  const session = useSession();
  const spec = useSpec();
  const disabled = useReadOnly();
  const obstacle = useFigure((state) => state.obstacle);
  return (
    <Section title={text.inspector.several(nodes.length)}>
      {spec && <Colours nodes={nodes} disabled={disabled} />}
      {!disabled && (
        <div className={classes["buttons"]}>
          <Button variant="default" size="compact-sm" onClick={() => { void group(session, nodes); }}>
            {text.inspector.makeGroup}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => { session.edit((now) => nodes.reduce((out, node) => setLook(ownPlace(node), { hidden: true })(out), now)); }}
          >
            {text.inspector.hide}
          </Button>
        </div>
      )}
      {obstacle && (
        <div className={classes["warning"]} role="alert">
          {text.inspector.obstacle} {obstacle.message}
          {obstacle.around.length > 0 && (
            <button type="button" onClick={() => { selectLayers(session, obstacle.around); }}>{text.inspector.selectAround(obstacle.around.length)}</button>
          )}
        </div>
      )}
    </Section>
  );
}

function Colours({ nodes, disabled }: { nodes: readonly DrawnNode[]; disabled: boolean }) {
  const session = useSession();
  const spec = useSpec();
  const colours = useSwatches(spec as NonNullable<typeof spec>);
  const fills = [...new Set(nodes.map((node) => node.fill))];
  return (
    <Row label={text.inspector.colour}>
      <ColourField
        value={fills.length === 1 ? (fills[0] ?? "") : ""}
        {...colours}
        disabled={disabled}
        onChange={(fill) => {
          session.edit((now) => nodes.reduce((out, node) => setLook(ownPlace(node), { fill })(out), now), "fill several");
        }}
      />
    </Row>
  );
}
