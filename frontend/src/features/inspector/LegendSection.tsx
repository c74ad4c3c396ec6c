/** A legend entry: everything of one type, or every group of one kind. */
import { Switch } from "@mantine/core";
import type { Drawing, FigureSpec, LegendEntry } from "../../api/types";
import { ColourField } from "../../components/ColourField";
import { NameField } from "../../components/NameField";
import { Row, Section } from "../../components/Section";
import { Segments } from "../../components/Segments";
import { useSession } from "../../figure/context";
import { fold } from "../../figure/edits";
import { text } from "../../text";
import { useLook, useSwatches } from "./useLook";

export function LegendSection({ entry, drawing, spec }: { entry: LegendEntry; drawing: Drawing; spec: FigureSpec }) {
  const session = useSession();
  const isKind = entry.target === "kind";
  const { look, disabled, setFill, setLabel, change } = useLook(spec, { table: isKind ? "kinds" : "types", id: entry.id });
  const colours = useSwatches(spec);
  const groups = drawing.groups.filter((each) => each.kind === entry.id);
  const folded = groups.some((each) => each.folded);
  return (
    <Section title={isKind ? text.inspector.kind(entry.label) : text.inspector.type(entry.label)}>
      <Row label={text.inspector.name}>
        <NameField label={text.inspector.name} value={look.label ?? ""} placeholder={entry.label} disabled={disabled} onChange={setLabel} />
      </Row>
      {isKind && groups.length > 0 && (
        <Row label={text.inspector.shownAs}>
          <Segments
            label={text.inspector.shownAs}
            value={folded ? "folded" : "open"}
            disabled={disabled}
            options={[
              { value: "folded", label: text.inspector.folded(1) },
              { value: "open", label: text.inspector.openState },
            ]}
            onChange={(value) => {
              session.editFolds(fold({ id: "", kind: entry.id }, value === "folded", groups.map((each) => each.id)));
            }}
          />
        </Row>
      )}
      <Row label={text.inspector.colour}>
        <ColourField
          value={look.fill ?? entry.fill}
          {...colours}
          disabled={disabled}
          onChange={setFill}
          onReset={look.fill ? () => { setFill(null); } : undefined}
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
    </Section>
  );
}
