/** Above the figure: which model, what it amounts to, and how much of it is shown. */
import { Select, Slider } from "@mantine/core";
import { useFigure, useReadOnly, useSession } from "../../figure/context";
import { setLevel } from "../../figure/edits";
import { formatCount } from "../../lib/format";
import { text } from "../../text";
import classes from "./canvas.module.css";

export function TopBar() {
  const session = useSession();
  const readOnly = useReadOnly();
  const drawing = useFigure((state) => state.drawing);
  const figure = useFigure((state) => state.figure);
  if (!drawing || !figure) return <div className={classes["bar"]} />;
  const { facts, level, levels } = drawing;
  const models = figure.models.map((model, index) => ({
    value: String(index),
    label: model.variable ?? model.name,
  }));
  const step = levels - 1 - level;
  return (
    <div className={classes["bar"]}>
      {models.length > 1 && (
        <Select
          aria-label={text.canvas.model}
          data={models}
          value={String(figure.model)}
          allowDeselect={false}
          disabled={readOnly}
          w={130}
          size="xs"
          onChange={(value) => { if (value !== null) void session.chooseModel(Number(value)); }}
        />
      )}
      <span className={classes["facts"]}>
        {text.canvas.facts(facts.layers, formatCount(facts.parameters))}
        {facts.macs !== null && facts.macs > 0 && (
          <span title={facts.uncounted > 0 ? text.canvas.uncounted(facts.uncounted) : undefined}>{text.canvas.macs(formatCount(facts.macs, 2), facts.uncounted > 0)}</span>
        )}
      </span>
      <span className={classes["spring"]} />
      {levels > 1 && (
        <span className={classes["detail"]}>
          <span id="detail-label">{text.canvas.detail}</span>
          <Slider
            className={classes["slider"] ?? ""}
            size={4}
            thumbSize={16}
            min={0}
            max={levels - 1}
            step={1}
            value={step}
            label={(value) => text.canvas.detailAt(value + 1, levels)}
            disabled={readOnly}
            thumbProps={{ "aria-labelledby": "detail-label" }}
            onChange={(value) => { session.edit(setLevel(levels - 1 - value), "level", 0); }}
          />
        </span>
      )}
    </div>
  );
}
