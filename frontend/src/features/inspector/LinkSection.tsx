/** A connection between two glyphs. */
import type { Drawing } from "../../api/types";
import { Row, Section } from "../../components/Section";
import { text } from "../../text";

export function LinkSection({ source, target, drawing }: { source: string; target: string; drawing: Drawing }) {
  const title = (id: string): string => drawing.nodes.find((node) => node.id === id)?.title ?? id;
  return (
    <Section title={text.inspector.link}>
      <Row label={text.inspector.from}>{title(source)}</Row>
      <Row label={text.inspector.to}>{title(target)}</Row>
    </Section>
  );
}
