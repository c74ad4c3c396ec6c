/** Format, resolution, name; the figure as large as it prints; the lines to paste into the paper. */
import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { api } from "../../api/client";
import { Segments } from "../../components/Segments";
import { VenueFields } from "../../components/VenueFields";
import { CopyBox } from "../../components/CopyBox";
import { useFigure, useReadOnly, useSession, useSpec } from "../../figure/context";
import { setField } from "../../figure/edits";
import { parseDrawing } from "../../figure/sanitize";
import { fileName, formatInches } from "../../lib/format";
import { save } from "../../lib/saveFile";
import { text } from "../../text";
import { latexOf } from "./snippets";
import classes from "./download.module.css";

const DPI = ["150", "300", "600"] as const;

export default function DownloadDialog({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const spec = useSpec();
  const readOnly = useReadOnly();
  const figure = useFigure((state) => state.figure);
  const drawing = useFigure((state) => state.drawing);
  const formats = useFigure((state) => state.meta?.formats) ?? [];
  const [format, setFormat] = useState("pdf");
  const [dpi, setDpi] = useState<string>("300");
  const [background, setBackground] = useState(true);
  const [outlined, setOutlined] = useState(false);
  const [apart, setApart] = useState(false);
  const title = spec?.title || figure?.models[figure.model]?.name || "figure";
  const [name, setName] = useState(fileName(title));
  const [busy, setBusy] = useState(false);
  if (!figure || !drawing) return null;

  const get = async (): Promise<void> => {
    setBusy(true);
    await session.save();
    const query: Record<string, string> = { background: String(background) };
    if (format === "png") query["dpi"] = dpi;
    else query["outlined"] = String(outlined);
    try {
      await save(api.file(figure.id, format, query), fileName(name));
      if (apart) await save(api.file(figure.id, format, { ...query, part: "legend" }), `${fileName(name)}-legend`);
      onClose();
    } catch (error) {
      session.report(error);
    }
    setBusy(false);
  };

  return (
    <Modal opened onClose={onClose} title={text.download.title} size="auto" lockScroll={false} centered closeButtonProps={{ "aria-label": text.inspector.close }}>
      <div className={classes["dialog"]}>
        <div className={classes["fields"]}>
          <Segments
            label={text.download.format}
            size="sm"
            value={format}
            options={formats.map((each) => ({ value: each.id, label: each.id.toUpperCase() }))}
            onChange={setFormat}
          />
          {format === "png" && (
            <Segments label={text.download.dpi} size="sm" value={dpi} options={DPI.map((each) => ({ value: each, label: `${each} dpi` }))} onChange={setDpi} />
          )}
          <TextInput label={text.download.file} value={name} rightSection={<span className={classes["suffix"]}>.{format}</span>} rightSectionWidth={48} onChange={(event) => { setName(event.currentTarget.value); }} />
          {spec && <VenueFields spec={spec} />}
          <Checkbox label={text.download.background} checked={background} onChange={(event) => { setBackground(event.currentTarget.checked); }} />
          <Checkbox label={text.download.legend} checked={spec?.legend !== "off"} disabled={readOnly} onChange={(event) => { session.edit(setField({ legend: event.currentTarget.checked ? "below" : "off" })); }} />
          <Checkbox label={text.download.apart} checked={apart} onChange={(event) => { setApart(event.currentTarget.checked); }} />
          {format !== "png" && <Checkbox label={text.download.outlined} checked={outlined} onChange={(event) => { setOutlined(event.currentTarget.checked); }} />}
          <Button onClick={() => { void get(); }} loading={busy}>{text.download.go}</Button>
        </div>
        <figure className={classes["preview"]}>
          <div className={classes["paper"]}><TrueSize svg={drawing.svg} width={drawing.width} height={drawing.height} /></div>
          <figcaption>{text.download.preview(formatInches(drawing.width), formatInches(drawing.height))}</figcaption>
        </figure>
        <div className={classes["snippets"]}>
          <CopyBox label={text.download.latex} content={latexOf(fileName(name), drawing)} />
          <CopyBox label={text.download.caption} content={drawing.facts.caption} />
          <CopyBox label={text.download.alt} content={drawing.facts.description} />
        </div>
      </div>
    </Modal>
  );
}

function TrueSize({ svg, width, height }: { svg: string; width: number; height: number }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = parseDrawing(svg);
    if (!element) return;
    element.setAttribute("width", `${width}pt`);
    element.setAttribute("height", `${height}pt`);
    element.setAttribute("aria-hidden", "true");
    host.current?.replaceChildren(element);
  }, [svg, width, height]);
  return <div ref={host} />;
}
