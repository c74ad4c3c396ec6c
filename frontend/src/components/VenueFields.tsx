/** Which paper the figure is for, and how wide it may be there. */
import { NumberInput } from "@mantine/core";
import type { FigureSpec } from "../api/types";
import { useFigure, useReadOnly, useSession } from "../figure/context";
import { setPage } from "../figure/edits";
import { text } from "../text";
import { Choice } from "./Choice";
import { Row } from "./Section";

const POINTS_PER_MM = 72 / 25.4;
const FREE_WIDTH = 495;

export function VenueFields({ spec }: { spec: FigureSpec }) {
  const session = useSession();
  const disabled = useReadOnly();
  const venues = useFigure((state) => state.meta?.venues);
  const drawn = useFigure((state) => state.drawing?.width);
  const { page } = spec;
  const venue = venues?.find((each) => each.id === page.venue);
  return (
    <>
      <Choice
        label={text.page.venue}
        value={page.venue}
        disabled={disabled}
        options={(venues ?? [{ id: page.venue, label: page.venue }]).map((each) => ({ value: each.id, label: each.label }))}
        onChange={(value) => {
          const next = venues?.find((each) => each.id === value);
          const free = next?.one === null && next.full === null;
          session.edit(setPage({ venue: value, column: next?.full === null && next.one !== null ? "one" : "full", width: free ? (drawn ?? FREE_WIDTH) : null }));
        }}
      />
      {venue?.one != null && venue.full != null && (
        <Choice
          label={text.page.column}
          value={page.column}
          disabled={disabled}
          options={[
            { value: "full", label: text.page.full },
            { value: "one", label: text.page.one },
          ]}
          onChange={(column) => { session.edit(setPage({ column })); }}
        />
      )}
      {page.venue === "free" && (
        <Row label={text.page.custom}>
          <NumberInput
            size="xs"
            w={90}
            aria-label={text.page.custom}
            min={20}
            max={1400}
            decimalScale={1}
            disabled={disabled}
            value={Math.round(((page.width ?? drawn ?? FREE_WIDTH) / POINTS_PER_MM) * 10) / 10}
            onChange={(value) => {
              if (typeof value === "number" && value >= 20) session.edit(setPage({ width: value * POINTS_PER_MM }), "width");
            }}
          />
        </Row>
      )}
    </>
  );
}
