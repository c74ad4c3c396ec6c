/** An open group, chosen by its frame. */
import { Button } from "@mantine/core";
import { useState } from "react";
import type { DrawnGroup, Drawing, FigureSpec } from "../../api/types";
import { NameField } from "../../components/NameField";
import { Row, Section } from "../../components/Section";
import { Segments } from "../../components/Segments";
import { useSession } from "../../figure/context";
import { fold, ungroup } from "../../figure/edits";
import { text } from "../../text";
import { MatchChoice } from "./MatchChoice";
import { useLook } from "./useLook";
import classes from "./inspector.module.css";

export function FrameSection({ group, drawing, spec }: { group: DrawnGroup; drawing: Drawing; spec: FigureSpec }) {
  const session = useSession();
  const [scope, setScope] = useState<"this" | "all">("this");
  const place = scope === "this" ? { table: "groups" as const, id: group.id } : { table: "kinds" as const, id: group.kind };
  const { look, disabled, setLabel } = useLook(spec, place);
  const alike = drawing.groups.filter((each) => each.kind === group.kind);
  return (
    <Section title={text.inspector.group(group.label)}>
      <Row label={text.inspector.name}>
        <NameField label={text.inspector.name} value={look.label ?? ""} placeholder={group.label} disabled={disabled} onChange={setLabel} />
      </Row>
      <Row label={text.inspector.shownAs}>
        <Segments
          label={text.inspector.shownAs}
          value="open"
          disabled={disabled}
          options={[
            { value: "folded", label: text.inspector.folded(group.repeat) },
            { value: "open", label: text.inspector.openState },
          ]}
          onChange={(value) => {
            if (value === "folded")
              session.editFolds(fold(group, true, scope === "all" ? alike.map((each) => each.id) : null));
          }}
        />
      </Row>
      <MatchChoice spec={spec} />
      <Row label={text.inspector.applies}>
        <Segments
          label={text.inspector.applies}
          value={scope}
          disabled={disabled}
          options={[
            { value: "this", label: text.inspector.this },
            { value: "all", label: text.inspector.all(alike.length) },
          ]}
          onChange={setScope}
        />
      </Row>
      {!disabled && (
        <div className={classes["buttons"]}>
          <Button variant="default" size="compact-sm" onClick={() => { session.edit(ungroup(group.id)); }}>{text.inspector.ungroup}</Button>
        </div>
      )}
    </Section>
  );
}
