/** The whole figure: paper, labels, sizes. */
import { Switch } from "@mantine/core";
import type { FigureSpec, Labels, Measure } from "../../api/types";
import { Choice } from "../../components/Choice";
import { Row, Section } from "../../components/Section";
import { VenueFields } from "../../components/VenueFields";
import { useFigure, useReadOnly, useSession } from "../../figure/context";
import { setField, setFuse, setLabels, setPage, setScale } from "../../figure/edits";
import { text } from "../../text";

export function PageSection({ spec }: { spec: FigureSpec }) {
  const session = useSession();
  const disabled = useReadOnly();
  const meta = useFigure((state) => state.meta);
  const { page } = spec;
  const options = (list: readonly { id: string; label: string }[] | undefined, now: string) =>
    (list ?? [{ id: now, label: now }]).map((each) => ({ value: each.id, label: each.label }));
  return (
    <Section title={text.page.title}>
      <VenueFields spec={spec} />
      <Choice label={text.page.font} value={page.font} disabled={disabled} options={options(meta?.fonts, page.font)} onChange={(font) => { session.edit(setPage({ font })); }} />
      <Choice
        label={text.page.direction}
        value={page.direction}
        disabled={disabled}
        options={[
          { value: "right", label: text.page.right },
          { value: "down", label: text.page.down },
        ]}
        onChange={(direction) => { session.edit(setPage({ direction })); }}
      />
      <Choice label={text.page.palette} value={spec.palette} disabled={disabled} options={options(meta?.palettes, spec.palette)} onChange={(palette) => { session.edit(setField({ palette })); }} />
      <Choice
        label={text.page.legend}
        value={spec.legend}
        disabled={disabled}
        options={[
          { value: "below", label: text.page.below },
          { value: "off", label: text.page.off },
        ]}
        onChange={(legend) => { session.edit(setField({ legend })); }}
      />
      <Row label={text.page.background}>
        <Switch size="sm" aria-label={text.page.background} checked={page.background} disabled={disabled} onChange={(event) => { session.edit(setPage({ background: event.currentTarget.checked })); }} />
      </Row>
    </Section>
  );
}

export function LabelSection({ spec }: { spec: FigureSpec }) {
  const session = useSession();
  const disabled = useReadOnly();
  const row = <K extends keyof Labels>(field: K, options: readonly { value: Labels[K]; label: string }[]) => (
    <Choice
      label={text.labels[field]}
      value={spec.labels[field]}
      disabled={disabled}
      options={options}
      onChange={(value) => { session.edit(setLabels({ [field]: value })); }}
    />
  );
  const off = { value: "off", label: text.page.off } as const;
  const below = { value: "below", label: text.page.below } as const;
  return (
    <Section title={text.labels.title}>
      {row("channels", [below, off])}
      {row("extent", [{ value: "changes", label: text.labels.changes }, { value: "all", label: text.labels.all }, off])}
      {row("kernel", [{ value: "inside", label: text.labels.inside }, off])}
      {row("names", [below, off])}
    </Section>
  );
}

const MEASURES: readonly Measure[] = ["log2", "sqrt", "linear", "fixed"];

export function ScaleSection({ spec }: { spec: FigureSpec }) {
  const session = useSession();
  const disabled = useReadOnly();
  const options = MEASURES.map((value) => ({ value, label: text.scale[value] }));
  return (
    <Section title={text.scale.title}>
      <Choice label={text.scale.height} value={spec.scale.height} disabled={disabled} options={options} onChange={(height) => { session.edit(setScale({ height })); }} />
      <Choice label={text.scale.width} value={spec.scale.width} disabled={disabled} options={options} onChange={(width) => { session.edit(setScale({ width })); }} />
      <Choice
        label={text.grouping.fuse}
        value={spec.grouping.fuse ? "fused" : "apart"}
        disabled={disabled}
        options={[
          { value: "fused", label: text.grouping.fused },
          { value: "apart", label: text.grouping.apart },
        ]}
        onChange={(value) => { session.edit(setFuse(value === "fused")); }}
      />
    </Section>
  );
}
