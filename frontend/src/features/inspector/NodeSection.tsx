/** One glyph: a layer or a folded group; for itself alone or for all of its sort. */
import { Button, Switch } from "@mantine/core";
import { useState } from "react";
import type { DrawnNode, Drawing, FigureSpec } from "../../api/types";
import { ColourField } from "../../components/ColourField";
import { NameField } from "../../components/NameField";
import { Row, Section } from "../../components/Section";
import { Segments } from "../../components/Segments";
import { useSession } from "../../figure/context";
import { fold, lookAt, ownPlace, setLook, sharedPlace, typeKey, ungroup } from "../../figure/edits";
import { nameOf } from "../../figure/targets";
import { text } from "../../text";
import { MatchChoice } from "./MatchChoice";
import { useLook, useSwatches } from "./useLook";
import classes from "./inspector.module.css";

const alike = (drawing: Drawing, node: DrawnNode): DrawnNode[] =>
  drawing.nodes.filter((each) =>
    node.kind === "group" ? each.group_kind === node.group_kind : each.kind === "layer" && typeKey(each) === typeKey(node),
  );

/** How many the user would say there are: every group of the kind, or every glyph of the type. */
function countOf(drawing: Drawing, node: DrawnNode): number {
  return node.kind === "group"
    ? alike(drawing, node).reduce((sum, each) => sum + each.repeat, 0)
    : alike(drawing, node).length;
}

export function NodeSection({ node, drawing, spec }: { node: DrawnNode; drawing: Drawing; spec: FigureSpec }) {
  const session = useSession();
  const own = ownPlace(node);
  const shared = sharedPlace(node);
  const ownLook = lookAt(spec, own);
  const [scope, setScope] = useState<"this" | "all">(
    ownLook.fill || ownLook.label ? "this" : "all",
  );
  const place = scope === "this" ? own : shared;
  const { look, disabled, setFill, setLabel, change } = useLook(spec, place);
  const colours = useSwatches(spec);
  const group = node.kind === "group" && node.group !== null && node.group_kind !== null
    ? { id: node.group, kind: node.group_kind }
    : null;
  const setFillHere = (fill: string | null): void => {
    if (scope === "all" && fill !== null && ownLook.fill)
      session.edit((now) => setLook(shared, { fill })(setLook(own, { fill: null })(now)), `fill ${shared.id}`);
    else setFill(fill);
  };
  const ids = alike(drawing, node).flatMap((each) => (each.group === null ? [] : [each.group]));
  return (
    <Section title={group ? text.inspector.group(nameOf(node)) : text.inspector.layer(node.type)}>
      <Row label={text.inspector.name}>
        <NameField label={text.inspector.name} value={look.label ?? ""} placeholder={nameOf(node)} disabled={disabled} onChange={setLabel} />
      </Row>
      {group && (
        <Row label={text.inspector.shownAs}>
          <Segments
            label={text.inspector.shownAs}
            value="folded"
            disabled={disabled}
            options={[
              { value: "folded", label: text.inspector.folded(node.repeat) },
              { value: "open", label: text.inspector.openState },
            ]}
            onChange={(value) => { if (value === "open") session.editFolds(fold(group, false, scope === "all" ? ids : null)); }}
          />
        </Row>
      )}
      <Row label={text.inspector.colour}>
        <ColourField
          value={look.fill ?? node.fill}
          {...colours}
          disabled={disabled}
          onChange={setFillHere}
          onReset={look.fill ? () => { setFill(null); } : undefined}
        />
      </Row>
      {group && <MatchChoice spec={spec} />}
      <Row label={text.inspector.applies}>
        <Segments
          label={text.inspector.applies}
          value={scope}
          disabled={disabled}
          options={[
            { value: "this", label: text.inspector.this },
            { value: "all", label: text.inspector.all(countOf(drawing, node)) },
          ]}
          onChange={setScope}
        />
      </Row>
      <Row label={text.inspector.visible}>
        <Switch
          size="sm"
          aria-label={text.inspector.visible}
          checked={look.hidden !== true}
          disabled={disabled}
          onChange={(event) => { change({ hidden: event.currentTarget.checked ? null : true }); }}
        />
      </Row>
      <ul className={classes["facts"]}>
        {node.detail.map((line) => <li key={line}>{line}</li>)}
      </ul>
      {(group ?? ownLook.nudge) && !disabled && (
        <div className={classes["buttons"]}>
          {group && <Button variant="default" size="compact-sm" onClick={() => { session.edit(ungroup(group.id)); }}>{text.inspector.ungroup}</Button>}
          {ownLook.nudge && <Button variant="default" size="compact-sm" onClick={() => { session.edit(setLook(own, { nudge: null })); }}>{text.inspector.resetNudge}</Button>}
        </div>
      )}
    </Section>
  );
}
